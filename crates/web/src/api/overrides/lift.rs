use actix_web::HttpResponse;
use actix_web::delete;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use app::{App, overrides};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::OverridePath;
use crate::Problem;
use crate::api::Tenant;
use crate::api::workspaces::named;
use crate::api::written::written;

/// An agent that is narrowed no longer.
#[derive(Debug, Serialize, ToSchema)]
pub struct LiftedView {
    /// The workspace.
    workspace: Uuid,
    /// The agent.
    agent: Uuid,
}

/// Lifts what narrows an agent in a workspace.
#[utoipa::path(tag = "overrides", params(("org" = String, Path), OverridePath), responses((status = 200, body = LiftedView)))]
#[delete("/v1/orgs/{org}/workspaces/{workspace}/overrides/{agent}")]
pub async fn lift(app: Data<App>, tenant: Tenant, path: Path<OverridePath>) -> Result<HttpResponse, Problem> {
    let facts = app.read(tenant.caller, tenant.organization).await?.facts;
    let workspace = named(&facts, &path.workspace)?;
    let changed = app.change(tenant.request(), |p| overrides::lift(p, workspace, path.agent)).await?;
    let view = LiftedView { workspace: workspace.uuid(), agent: path.agent.uuid() };
    Ok(written(StatusCode::OK, &changed, None, view))
}
