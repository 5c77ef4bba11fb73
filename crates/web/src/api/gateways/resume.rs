use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::post;
use actix_web::web::{Data, Path};
use app::{App, gateways};

use super::shown::shown;
use super::{GatewayPath, GatewayView};
use crate::Problem;
use crate::api::reason::ReasonBody;
use crate::api::written::written;
use crate::api::{Body, Tenant};

/// Lets a paused gateway ask again.
#[utoipa::path(tag = "gateways", params(("org" = String, Path), GatewayPath), request_body = ReasonBody, responses((status = 200, body = GatewayView)))]
#[post("/v1/orgs/{org}/gateways/{gateway}/resume")]
pub async fn resume(
    app: Data<App>,
    tenant: Tenant,
    path: Path<GatewayPath>,
    body: Body<ReasonBody>,
) -> Result<HttpResponse, Problem> {
    let changed =
        app.change(tenant.request(), |p| gateways::resume(p, path.gateway, &body.value.reason)).await?;
    let view = shown(&app, &tenant, &changed.value).await?;
    Ok(written(StatusCode::OK, &changed, Some(changed.value.clone().into()), view))
}
