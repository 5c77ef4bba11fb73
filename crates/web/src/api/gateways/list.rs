use std::sync::Arc;

use actix_web::get;
use actix_web::web::{Data, Json, Query};
use app::App;
use decision::{Action, On};
use model::{Gateway, GatewayId, GatewayState};
use serde::Deserialize;
use utoipa::IntoParams;

use super::GatewayView;
use crate::Problem;
use crate::api::order::Order;
use crate::api::words::{needle, one_of};
use crate::api::{Listed, PageQuery, Tenant};
use crate::place::Place;

/// Which gateways, and in which order. What is left out does not narrow.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields, default)]
pub struct Filter {
    /// Only those with this in their name, whatever its case.
    q: Option<String>,
    /// Only those in this state: `active`, `paused`, `revoked`; `not_revoked` is all but the last.
    state: Option<String>,
    /// `created` (the oldest first, as where nothing is said) or `name`; with a hyphen in front from the end.
    sort: Option<String>,
    /// How many items at most, 1 to 1000. Default 100.
    limit: Option<usize>,
    /// The `next` of the page before, in the same order.
    after: Option<String>,
}

/// Lists the gateways, each with when it last asked, oldest first where no other order is asked for.
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
    let order = Order::read(query.sort.as_deref(), &["created", "name"])?;
    let state = one_of("state", query.state.as_deref(), &["active", "paused", "revoked", "not_revoked"])?;
    let needle = needle(query.q.as_deref());
    let gateways = reading
        .facts
        .list_gateways(order.start::<GatewayId>(&page)?)
        .filter(|gateway| match state {
            None => true,
            Some("not_revoked") => !matches!(gateway.state, GatewayState::Revoked(_)),
            Some(state) => gateway.state.as_str() == state,
        })
        .filter(|gateway| gateway.name.as_str().to_lowercase().contains(&needle))
        .filter(|gateway| reading.may(Action::GatewayRead, On::Gateway(gateway.id)));
    let place = |gateway: &&Arc<Gateway>| match order.by {
        "name" => Place::by_text(gateway.name.as_str(), gateway.id),
        _ => Place::of(gateway.id),
    };
    let show = |gateway: &Arc<Gateway>| GatewayView::of(gateway, seen.of(gateway.id), reading.now);
    Ok(Json(order.cut::<GatewayId, _, _>(&page, gateways, place, show)?))
}
