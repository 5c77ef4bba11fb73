use std::sync::Arc;

use actix_web::get;
use actix_web::web::{Data, Json, Query};
use app::App;
use decision::{Action, On};
use model::{Server, ServerId};
use serde::Deserialize;
use utoipa::IntoParams;

use super::ServerView;
use crate::Problem;
use crate::api::order::Order;
use crate::api::words::{needle, one_of};
use crate::api::{Listed, PageQuery, Tenant};
use crate::place::Place;

/// Which servers, and in which order. What is left out does not narrow.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields, default)]
pub struct Filter {
    /// Only those with this in their name or slug, whatever its case.
    q: Option<String>,
    /// Only those in this state: `active`, `removed`.
    state: Option<String>,
    /// `created` (the oldest first, as where nothing is said) or `name`; with a hyphen in front from the end.
    sort: Option<String>,
    /// How many items at most, 1 to 1000. Default 100.
    limit: Option<usize>,
    /// The `next` of the page before, in the same order.
    after: Option<String>,
}

/// Lists the servers, oldest first where no other order is asked for.
#[utoipa::path(tag = "servers", params(("org" = String, Path), Filter), responses((status = 200, body = Listed<ServerView>)))]
#[get("/v1/orgs/{org}/servers")]
pub async fn list(
    app: Data<App>,
    tenant: Tenant,
    query: Query<Filter>,
) -> Result<Json<Listed<ServerView>>, Problem> {
    let reading = app.read(tenant.caller, tenant.organization).await?;
    let page = PageQuery { limit: query.limit, after: query.after.clone() };
    let order = Order::read(query.sort.as_deref(), &["created", "name"])?;
    let state = one_of("state", query.state.as_deref(), &["active", "removed"])?;
    let needle = needle(query.q.as_deref());
    let named = |server: &Server| {
        server.name.as_str().to_lowercase().contains(&needle) || server.slug.as_str().contains(&needle)
    };
    let servers = reading
        .facts
        .list_servers(order.start::<ServerId>(&page)?)
        .filter(|server| state.is_none_or(|state| (state == "active") == server.is_active()))
        .filter(|server| named(server))
        .filter(|server| reading.may(Action::ServerRead, On::Server(server.id)));
    let place = |server: &&Arc<Server>| match order.by {
        "name" => Place::by_text(server.name.as_str(), server.id),
        _ => Place::of(server.id),
    };
    let show = |server: &Arc<Server>| ServerView::of(&reading.facts, server);
    Ok(Json(order.cut::<ServerId, _, _>(&page, servers, place, show)?))
}
