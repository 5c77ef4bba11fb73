use actix_web::get;
use actix_web::web::{Data, Json, Path, Query};
use app::{App, version_of};
use model::{Member, Snapshot, WorkspaceMembership, WorkspaceMembershipId};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{WorkspacePath, seen};
use crate::Problem;
use crate::api::presented::Named;
use crate::api::{Listed, PageQuery, Tenant};

/// A person or robot in a workspace, with one role. Several roles are several memberships.
#[derive(Debug, Serialize, ToSchema)]
pub struct WorkspaceMembershipView {
    /// Its id.
    pub id: Uuid,
    /// The workspace.
    pub workspace: Uuid,
    /// Who.
    pub member: PartyView,
    /// With which role.
    pub role: Named,
    /// For `If-Match`.
    pub version: String,
}

/// A person or a robot.
#[derive(Debug, Serialize, ToSchema)]
pub struct PartyView {
    /// `user` or `robot`.
    pub kind: &'static str,
    /// Its id.
    pub id: Uuid,
    /// What it is called now.
    pub name: String,
}

impl WorkspaceMembershipView {
    /// A membership as these facts show it.
    pub fn of(facts: &Snapshot, membership: &WorkspaceMembership) -> Self {
        let principal: model::PrincipalId = membership.member.into();
        let kind = match membership.member {
            Member::User(_) => "user",
            Member::Robot(_) => "robot",
        };
        let name = facts.name_of(principal).unwrap_or_default().to_owned();
        let role = facts.role(membership.role).map(|role| role.name.to_string()).unwrap_or_default();
        Self {
            id: membership.id.uuid(),
            workspace: membership.workspace.uuid(),
            member: PartyView { kind, id: principal.uuid(), name },
            role: Named { id: membership.role.uuid(), name: role },
            version: version_of(&membership.clone().into()),
        }
    }
}

/// Lists who is in a workspace and with which role, in the order in which they came.
#[utoipa::path(tag = "workspaces", params(("org" = String, Path), WorkspacePath, PageQuery), responses((status = 200, body = Listed<WorkspaceMembershipView>)))]
#[get("/v1/orgs/{org}/workspaces/{workspace}/memberships")]
pub async fn list_memberships(
    app: Data<App>,
    tenant: Tenant,
    path: Path<WorkspacePath>,
    page: Query<PageQuery>,
) -> Result<Json<Listed<WorkspaceMembershipView>>, Problem> {
    let reading = app.read(tenant.caller, tenant.organization).await?;
    let workspace = seen(&reading, &path.workspace)?;
    let after: Option<WorkspaceMembershipId> = page.after()?;
    let memberships = reading.facts.memberships_in(workspace.id);
    let memberships = memberships.filter(|membership| after.is_none_or(|after| membership.id > after));
    let id = |membership: &&std::sync::Arc<WorkspaceMembership>| membership.id.to_string();
    let listed =
        page.cut(memberships, id, |membership| WorkspaceMembershipView::of(&reading.facts, membership))?;
    Ok(Json(listed))
}
