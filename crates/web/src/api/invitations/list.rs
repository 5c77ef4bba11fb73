use actix_web::get;
use actix_web::web::{Data, Json, Path, Query};
use app::{App, workspaces};
use model::InvitationId;
use serde::Deserialize;
use utoipa::IntoParams;

use super::InvitationView;
use crate::Problem;
use crate::api::workspaces::{WorkspacePath, seen};
use crate::api::{Listed, PageQuery, Tenant};

/// Which invitations.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct Filter {
    /// Only those in this state: `pending`, `accepted`, `declined`, `withdrawn`.
    state: Option<String>,
    limit: Option<usize>,
    after: Option<String>,
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
    let page = PageQuery { limit: query.limit, after: query.after.clone() };
    let after: Option<InvitationId> = page.after()?;
    let invitations = reading
        .facts
        .list_invitations(after)
        .filter(|invitation| invitation.workspace == workspace)
        .filter(|invitation| query.state.as_deref().is_none_or(|state| invitation.state.as_str() == state))
        .filter(|invitation| workspaces::may_see(&reading, invitation.agent, Some(invitation.invited_by)));
    let present = |invitation: &std::sync::Arc<_>| InvitationView::of(&app, &reading.facts, invitation);
    Ok(Json(page.cut(invitations, |invitation| invitation.id.to_string(), present)?))
}
