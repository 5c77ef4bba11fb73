use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::post;
use actix_web::web::Data;
use app::{App, organizations};

use super::OrganizationView;
use crate::Problem;
use crate::api::reason::ReasonBody;
use crate::api::written::written;
use crate::api::{Body, Tenant};

/// Releases the stop button: each agent is again what its own state says.
#[utoipa::path(tag = "organizations", params(("org" = String, Path)), request_body = ReasonBody, responses((status = 200, body = OrganizationView)))]
#[post("/v1/orgs/{org}/release-agents")]
pub async fn release_agents(
    app: Data<App>,
    tenant: Tenant,
    body: Body<ReasonBody>,
) -> Result<HttpResponse, Problem> {
    let changed =
        app.change(tenant.request(), |p| organizations::release_agents(p, &body.value.reason)).await?;
    let view = OrganizationView::from(&changed.value);
    Ok(written(StatusCode::OK, &changed, Some(changed.value.clone().into()), view))
}
