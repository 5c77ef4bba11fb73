use std::sync::Arc;

use actix_web::get;
use actix_web::web::{Data, Json, Path, Query};
use app::App;
use decision::{Action, On};
use model::{Tool, ToolId};
use serde::Deserialize;
use utoipa::IntoParams;

use super::{ServerPath, ToolView};
use crate::Problem;
use crate::api::order::Order;
use crate::api::words::needle;
use crate::api::{Listed, PageQuery, Tenant};
use crate::place::Place;

/// Which tools, and in which order. What is left out does not narrow.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields, default)]
pub struct Filter {
    /// Only those with this in their name or title, whatever its case.
    q: Option<String>,
    /// `created` (as they were met, as where nothing is said) or `name`; with a hyphen in front from the end.
    sort: Option<String>,
    /// How many items at most, 1 to 1000. Default 100.
    limit: Option<usize>,
    /// The `next` of the page before, in the same order.
    after: Option<String>,
}

/// Lists the tools of a server, withdrawn ones too, in the order in which they were met where no other is asked for.
#[utoipa::path(tag = "servers", params(("org" = String, Path), ServerPath, Filter), responses((status = 200, body = Listed<ToolView>)))]
#[get("/v1/orgs/{org}/servers/{server}/tools")]
pub async fn list_tools(
    app: Data<App>,
    tenant: Tenant,
    path: Path<ServerPath>,
    query: Query<Filter>,
) -> Result<Json<Listed<ToolView>>, Problem> {
    let reading = app.read(tenant.caller, tenant.organization).await?;
    let server = super::server(&reading.facts, &path.server)?.id;
    reading.check(Action::ServerRead, On::Server(server))?;
    let page = PageQuery { limit: query.limit, after: query.after.clone() };
    let order = Order::read(query.sort.as_deref(), &["created", "name"])?;
    let needle = needle(query.q.as_deref());
    let named = |tool: &Tool| {
        tool.name.as_str().to_lowercase().contains(&needle) || tool.title.to_lowercase().contains(&needle)
    };
    let tools = reading
        .facts
        .list_tools(order.start::<ToolId>(&page)?)
        .filter(|tool| tool.server == server && named(tool));
    let place = |tool: &&Arc<Tool>| match order.by {
        "name" => Place::by_text(tool.name.as_str(), tool.id),
        _ => Place::of(tool.id),
    };
    Ok(Json(order.cut::<ToolId, _, _>(&page, tools, place, |tool| ToolView::from(tool.as_ref()))?))
}
