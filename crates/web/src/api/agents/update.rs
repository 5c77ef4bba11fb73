use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::patch;
use actix_web::web::{Data, Path};
use app::{App, agents};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{AgentPath, AgentView};
use crate::Problem;
use crate::api::presented::read;
use crate::api::written::{facts_after, written};
use crate::api::{Body, Tenant};

/// What is to be otherwise. Left out: as it is.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AgentPatch {
    /// What it is called.
    name: Option<String>,
    /// What it is for.
    purpose: Option<String>,
}

/// Renames an agent. Evidence keeps the name it had at the time.
#[utoipa::path(tag = "agents", params(("org" = String, Path), AgentPath), request_body = AgentPatch, responses((status = 200, body = AgentView)))]
#[patch("/v1/orgs/{org}/agents/{agent}")]
pub async fn update(
    app: Data<App>,
    tenant: Tenant,
    path: Path<AgentPath>,
    body: Body<AgentPatch>,
) -> Result<HttpResponse, Problem> {
    let name = body.value.name.as_deref().map(|name| read("name", name)).transpose()?;
    let wanted = agents::Rename { name, purpose: body.value.purpose };
    let changed = app.change(tenant.request(), |p| agents::update(p, path.agent, wanted)).await?;
    let facts = facts_after(&app, tenant.organization)?;
    let view = AgentView::of(&facts, &changed.value);
    Ok(written(StatusCode::OK, &changed, Some(changed.value.clone().into()), view))
}
