use actix_web::HttpResponse;
use actix_web::get;
use actix_web::web::{Data, Path};
use app::{App, Error};
use decision::{Action, On};
use model::{FactKind, Gateway};

use super::shown::shown;
use super::{GatewayPath, GatewayView};
use crate::Problem;
use crate::api::Tenant;
use crate::api::written::found;

/// Shows a gateway, with when it last asked.
#[utoipa::path(tag = "gateways", params(("org" = String, Path), GatewayPath), responses((status = 200, body = GatewayView)))]
#[get("/v1/orgs/{org}/gateways/{gateway}")]
pub async fn get(app: Data<App>, tenant: Tenant, path: Path<GatewayPath>) -> Result<HttpResponse, Problem> {
    let reading = app.read(tenant.caller, tenant.organization).await?;
    reading.check(Action::GatewayRead, On::Gateway(path.gateway))?;
    let gateway = reading.facts.gateway(path.gateway).ok_or(Error::NotFound(FactKind::Gateway))?;
    Ok(found(Gateway::clone(gateway), shown(&app, &tenant, gateway).await?))
}
