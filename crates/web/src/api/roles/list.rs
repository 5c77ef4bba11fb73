use std::sync::Arc;

use actix_web::get;
use actix_web::web::{Data, Json, Query};
use app::App;
use decision::{Action, On};
use model::{Role, RoleId};
use serde::Deserialize;
use utoipa::IntoParams;

use super::RoleView;
use crate::Problem;
use crate::api::order::Order;
use crate::api::words::needle;
use crate::api::{Listed, PageQuery, Tenant};
use crate::place::Place;

/// Which roles, and in which order. What is left out does not narrow.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields, default)]
pub struct Filter {
    /// Only those with this in their name, whatever its case.
    q: Option<String>,
    /// `created` (the oldest first, as where nothing is said) or `name`; with a hyphen in front from the end.
    sort: Option<String>,
    /// How many items at most, 1 to 1000. Default 100.
    limit: Option<usize>,
    /// The `next` of the page before, in the same order.
    after: Option<String>,
}

/// Lists the roles, oldest first where no other order is asked for.
#[utoipa::path(tag = "roles", params(("org" = String, Path), Filter), responses((status = 200, body = Listed<RoleView>)))]
#[get("/v1/orgs/{org}/roles")]
pub async fn list(
    app: Data<App>,
    tenant: Tenant,
    query: Query<Filter>,
) -> Result<Json<Listed<RoleView>>, Problem> {
    let reading = app.read(tenant.caller, tenant.organization).await?;
    let page = PageQuery { limit: query.limit, after: query.after.clone() };
    let order = Order::read(query.sort.as_deref(), &["created", "name"])?;
    let needle = needle(query.q.as_deref());
    let roles = reading
        .facts
        .list_roles(order.start::<RoleId>(&page)?)
        .filter(|role| role.name.as_str().to_lowercase().contains(&needle))
        .filter(|role| reading.may(Action::RoleRead, On::Role(role.id)));
    let place = |role: &&Arc<Role>| match order.by {
        "name" => Place::by_text(role.name.as_str(), role.id),
        _ => Place::of(role.id),
    };
    Ok(Json(order.cut::<RoleId, _, _>(&page, roles, place, |role| RoleView::from(role.as_ref()))?))
}
