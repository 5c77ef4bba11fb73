use actix_web::HttpResponse;
use actix_web::post;
use actix_web::web::{Data, Path};
use app::{App, agents};

use super::{AgentPath, AgentView};
use crate::Problem;
use crate::api::reason::ReasonBody;
use crate::api::written::{facts_after, revoked};
use crate::api::{Body, Tenant};

/// Ends an agent for ever, and every key of it with it.
#[utoipa::path(tag = "agents", params(("org" = String, Path), AgentPath), request_body = ReasonBody, responses((status = 200, body = AgentView)))]
#[post("/v1/orgs/{org}/agents/{agent}/revoke")]
pub async fn revoke(
    app: Data<App>,
    tenant: Tenant,
    path: Path<AgentPath>,
    body: Body<ReasonBody>,
) -> Result<HttpResponse, Problem> {
    tenant.fresh()?;
    let changed = app.change(tenant.request(), |p| agents::revoke(p, path.agent, &body.value.reason)).await?;
    let facts = facts_after(&app, tenant.organization)?;
    let view = AgentView::of(&facts, &changed.value);
    Ok(revoked(&changed, Some(changed.value.clone().into()), view))
}
