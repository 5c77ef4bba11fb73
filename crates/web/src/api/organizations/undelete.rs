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

/// Takes the end of the organization back: everybody and everything in it is as it was.
#[utoipa::path(tag = "organizations", params(("org" = String, Path)), request_body = ReasonBody, responses((status = 200, body = OrganizationView)))]
#[post("/v1/orgs/{org}/undelete")]
pub async fn undelete(
    app: Data<App>,
    tenant: Tenant,
    body: Body<ReasonBody>,
) -> Result<HttpResponse, Problem> {
    tenant.fresh()?;
    let changed = app.change(tenant.request(), |p| organizations::undelete(p, &body.value.reason)).await?;
    let view = OrganizationView::from(&changed.value);
    Ok(written(StatusCode::OK, &changed, Some(changed.value.clone().into()), view))
}
