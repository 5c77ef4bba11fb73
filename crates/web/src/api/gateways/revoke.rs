use actix_web::HttpResponse;
use actix_web::post;
use actix_web::web::{Data, Path};
use app::{App, gateways};

use super::shown::shown;
use super::{GatewayPath, GatewayView};
use crate::Problem;
use crate::api::reason::ReasonBody;
use crate::api::written::revoked;
use crate::api::{Body, Tenant};

/// Ends a gateway for ever, and every key of it with it.
#[utoipa::path(tag = "gateways", params(("org" = String, Path), GatewayPath), request_body = ReasonBody, responses((status = 200, body = GatewayView)))]
#[post("/v1/orgs/{org}/gateways/{gateway}/revoke")]
pub async fn revoke(
    app: Data<App>,
    tenant: Tenant,
    path: Path<GatewayPath>,
    body: Body<ReasonBody>,
) -> Result<HttpResponse, Problem> {
    tenant.fresh()?;
    let changed =
        app.change(tenant.request(), |p| gateways::revoke(p, path.gateway, &body.value.reason)).await?;
    let view = shown(&app, &tenant, &changed.value).await?;
    Ok(revoked(&changed, Some(changed.value.clone().into()), view))
}
