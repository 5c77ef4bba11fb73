use actix_web::HttpResponse;
use actix_web::post;
use actix_web::web::Data;
use app::{App, organizations};

use super::OrganizationView;
use crate::Problem;
use crate::api::reason::ReasonBody;
use crate::api::written::revoked;
use crate::api::{Body, Tenant};

/// The stop button: every agent at work in the organization is refused, in one operation. Reversible.
#[utoipa::path(tag = "organizations", params(("org" = String, Path)), request_body = ReasonBody, responses((status = 200, body = OrganizationView)))]
#[post("/v1/orgs/{org}/stop-agents")]
pub async fn stop_agents(
    app: Data<App>,
    tenant: Tenant,
    body: Body<ReasonBody>,
) -> Result<HttpResponse, Problem> {
    let changed = app.change(tenant.request(), |p| organizations::stop_agents(p, &body.value.reason)).await?;
    let view = OrganizationView::from(&changed.value);
    Ok(revoked(&changed, Some(changed.value.clone().into()), view))
}
