use std::sync::Arc;

use actix_web::get;
use actix_web::web::{Data, Json, Query};
use app::App;
use decision::{Action, On};
use model::{Workspace, WorkspaceId};
use serde::Deserialize;
use utoipa::IntoParams;

use super::WorkspaceView;
use crate::Problem;
use crate::api::order::Order;
use crate::api::words::needle;
use crate::api::{Listed, PageQuery, Tenant};
use crate::place::Place;

/// Which workspaces, and in which order. What is left out does not narrow.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields, default)]
pub struct Filter {
    /// Only those with this in their name or slug, whatever its case.
    q: Option<String>,
    /// `created` (the oldest first, as where nothing is said) or `name`; with a hyphen in front from the end.
    sort: Option<String>,
    /// How many items at most, 1 to 1000. Default 100.
    limit: Option<usize>,
    /// The `next` of the page before, in the same order.
    after: Option<String>,
}

/// Lists the workspaces that the caller may see, oldest first where no other order is asked for.
#[utoipa::path(tag = "workspaces", params(("org" = String, Path), Filter), responses((status = 200, body = Listed<WorkspaceView>)))]
#[get("/v1/orgs/{org}/workspaces")]
pub async fn list(
    app: Data<App>,
    tenant: Tenant,
    query: Query<Filter>,
) -> Result<Json<Listed<WorkspaceView>>, Problem> {
    let reading = app.read(tenant.caller, tenant.organization).await?;
    let page = PageQuery { limit: query.limit, after: query.after.clone() };
    let order = Order::read(query.sort.as_deref(), &["created", "name"])?;
    let needle = needle(query.q.as_deref());
    let named = |workspace: &Workspace| {
        workspace.name.as_str().to_lowercase().contains(&needle) || workspace.slug.as_str().contains(&needle)
    };
    let workspaces = reading
        .facts
        .list_workspaces(order.start::<WorkspaceId>(&page)?)
        .filter(|workspace| named(workspace))
        .filter(|workspace| reading.may(Action::WorkspaceRead, On::Workspace(workspace.id)));
    let place = |workspace: &&Arc<Workspace>| match order.by {
        "name" => Place::by_text(workspace.name.as_str(), workspace.id),
        _ => Place::of(workspace.id),
    };
    let show = |workspace: &Arc<Workspace>| WorkspaceView::from(workspace.as_ref());
    Ok(Json(order.cut::<WorkspaceId, _, _>(&page, workspaces, place, show)?))
}
