use actix_web::get;
use actix_web::web::{Data, Json, Query};
use app::App;
use decision::{Action, On};
use serde::Deserialize;
use utoipa::IntoParams;

use super::GatewayView;
use crate::Problem;
use crate::api::{Listed, PageQuery, Tenant};

/// Which gateways.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct Filter {
    /// Only those in this state: `active`, `paused`, `revoked`.
    state: Option<String>,
    limit: Option<usize>,
    after: Option<String>,
}

/// Lists the gateways, oldest first, each with when it last asked.
#[utoipa::path(tag = "gateways", params(("org" = String, Path), Filter), responses((status = 200, body = Listed<GatewayView>)))]
#[get("/v1/orgs/{org}/gateways")]
pub async fn list(
    app: Data<App>,
    tenant: Tenant,
    query: Query<Filter>,
) -> Result<Json<Listed<GatewayView>>, Problem> {
    let reading = app.read(tenant.caller, tenant.organization).await?;
    let seen = app.gateways_seen(tenant.organization).await?;
    let page = PageQuery { limit: query.limit, after: query.after.clone() };
    let gateways = reading
        .facts
        .list_gateways(page.after()?)
        .filter(|gateway| query.state.as_deref().is_none_or(|state| gateway.state.as_str() == state))
        .filter(|gateway| reading.may(Action::GatewayRead, On::Gateway(gateway.id)));
    let show =
        |gateway: &std::sync::Arc<model::Gateway>| GatewayView::of(gateway, seen.of(gateway.id), reading.now);
    Ok(Json(page.cut(gateways, |gateway| gateway.id.to_string(), show)?))
}
