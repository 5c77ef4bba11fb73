use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::post;
use actix_web::web::{Data, Path};
use app::{App, agents};

use super::{AgentPath, AgentView};
use crate::Problem;
use crate::api::Tenant;
use crate::api::written::{facts_after, written};

/// Lets a paused agent act again. An owner can undo only their own pause.
#[utoipa::path(tag = "agents", params(("org" = String, Path), AgentPath), responses((status = 200, body = AgentView)))]
#[post("/v1/orgs/{org}/agents/{agent}/resume")]
pub async fn resume(app: Data<App>, tenant: Tenant, path: Path<AgentPath>) -> Result<HttpResponse, Problem> {
    let changed = app.change(tenant.request(), |p| agents::resume(p, path.agent)).await?;
    let facts = facts_after(&app, tenant.organization)?;
    let view = AgentView::of(&facts, &changed.value);
    Ok(written(StatusCode::OK, &changed, Some(changed.value.clone().into()), view))
}
