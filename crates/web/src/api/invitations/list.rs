use std::sync::Arc;

use actix_web::get;
use actix_web::web::{Data, Json, Path, Query};
use app::{App, Reading, workspaces};
use model::{Invitation, InvitationId, WorkspaceId};
use serde::Deserialize;
use utoipa::IntoParams;

use super::InvitationView;
use crate::Problem;
use crate::api::order::Order;
use crate::api::words::one_of;
use crate::api::workspaces::{WorkspacePath, seen};
use crate::api::{Listed, PageQuery, Tenant};
use crate::place::Place;

/// Which invitations, and in which order. What is left out does not narrow.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields, default)]
pub struct Filter {
    /// Only those in this state: `pending`, `accepted`, `declined`, `withdrawn`.
    pub(super) state: Option<String>,
    /// `created` (the oldest first, as where nothing is said) or `-created`.
    pub(super) sort: Option<String>,
    /// How many items at most, 1 to 1000. Default 100.
    pub(super) limit: Option<usize>,
    /// The `next` of the page before, in the same order.
    pub(super) after: Option<String>,
}

/// Lists the invitations to a workspace: administrators see all, others those of their own agents.
#[utoipa::path(tag = "invitations", params(("org" = String, Path), WorkspacePath, Filter), responses((status = 200, body = Listed<InvitationView>)))]
#[get("/v1/orgs/{org}/workspaces/{workspace}/invitations")]
pub async fn list(
    app: Data<App>,
    tenant: Tenant,
    path: Path<WorkspacePath>,
    query: Query<Filter>,
) -> Result<Json<Listed<InvitationView>>, Problem> {
    let reading = app.read(tenant.caller, tenant.organization).await?;
    let workspace = seen(&reading, &path.workspace)?.id;
    Ok(Json(listed(&app, &reading, Some(workspace), &query)?))
}

/// A page of the invitations that the caller may see: of one workspace, or of all.
pub(super) fn listed(
    app: &App,
    reading: &Reading,
    workspace: Option<WorkspaceId>,
    query: &Filter,
) -> Result<Listed<InvitationView>, Problem> {
    let page = PageQuery { limit: query.limit, after: query.after.clone() };
    let order = Order::read(query.sort.as_deref(), &["created"])?;
    let states = ["pending", "accepted", "declined", "withdrawn"];
    let state = one_of("state", query.state.as_deref(), &states)?;
    let invitations = reading
        .facts
        .list_invitations(order.start::<InvitationId>(&page)?)
        .filter(|invitation| workspace.is_none_or(|workspace| invitation.workspace == workspace))
        .filter(|invitation| state.is_none_or(|state| invitation.state.as_str() == state))
        .filter(|invitation| workspaces::may_see(reading, invitation.agent, Some(invitation.invited_by)));
    let present = |invitation: &Arc<Invitation>| InvitationView::of(app, &reading.facts, invitation);
    order.cut::<InvitationId, _, _>(&page, invitations, |invitation| Place::of(invitation.id), present)
}
