use actix_web::get;
use actix_web::web::{Data, Json, Path, Query};
use app::workspaces::{self, AgentHere};
use app::{App, Reading};
use model::{UserId, WorkspaceId};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{WorkspacePath, seen};
use crate::Problem;
use crate::api::presented::Named;
use crate::api::{Listed, PageQuery, Tenant};

/// A person in a workspace, and the agents that are there through them.
#[derive(Debug, Serialize, ToSchema)]
pub struct InheritedView {
    /// The person.
    owner: Named,
    /// What they are in the organization: `guest` is somebody from elsewhere.
    role: Option<&'static str>,
    /// Their agents, as far as the caller may see them.
    agents: Vec<InheritedAgentView>,
}

/// An agent that is in a workspace through its owner, with what bears on it there.
#[derive(Debug, Serialize, ToSchema)]
pub struct InheritedAgentView {
    /// Its id.
    id: Uuid,
    /// What it is called.
    name: String,
    /// The organization that it belongs to.
    organization: Uuid,
    /// `live`, `paused` or `unowned`.
    state: &'static str,
    /// Whether its scope reaches the workspace.
    in_scope: bool,
    /// Whether the workspace blocks it altogether.
    blocked: bool,
    /// How far its owner's invitation has come, where there is one.
    invitation: Option<&'static str>,
}

impl From<&AgentHere> for InheritedAgentView {
    fn from(here: &AgentHere) -> Self {
        Self {
            id: here.agent.id.uuid(),
            name: here.agent.name.to_string(),
            organization: here.organization.uuid(),
            state: here.agent.state.as_str(),
            in_scope: here.in_scope,
            blocked: here.blocked,
            invitation: here.invitation.as_ref().map(model::InvitationState::as_str),
        }
    }
}

/// Lists the people of a workspace with the agents that are there through them, guests' agents too.
#[utoipa::path(tag = "workspaces", params(("org" = String, Path), WorkspacePath, PageQuery), responses((status = 200, body = Listed<InheritedView>)))]
#[get("/v1/orgs/{org}/workspaces/{workspace}/agents")]
pub async fn list_agents(
    app: Data<App>,
    tenant: Tenant,
    path: Path<WorkspacePath>,
    page: Query<PageQuery>,
) -> Result<Json<Listed<InheritedView>>, Problem> {
    let reading = app.read(tenant.caller, tenant.organization).await?;
    let workspace = seen(&reading, &path.workspace)?.id;
    let after: Option<UserId> = page.after()?;
    let people = workspaces::people_of(&reading.facts, workspace);
    let people = people.into_iter().filter(|user| after.is_none_or(|after| *user > after));
    Ok(Json(page.cut(people, ToString::to_string, |user| inherited(&app, &reading, workspace, user))?))
}

fn inherited(app: &App, reading: &Reading, workspace: WorkspaceId, user: UserId) -> InheritedView {
    let agents = app.agents_through(reading, workspace, user);
    InheritedView {
        owner: Named::user(&reading.facts, user),
        role: reading.facts.member(user).map(|member| member.role.as_str()),
        agents: agents.iter().map(InheritedAgentView::from).collect(),
    }
}
