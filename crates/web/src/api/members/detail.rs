use app::Reading;
use model::{Agent, Member, OrganizationMembership, Snapshot, UserId, WorkspaceId};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::MemberView;
use super::view::{agents_of, workspaces_of};
use crate::api::presented::Named;

/// So many agents are shown with a person; the list of agents, asked for this owner, has them all.
const AGENTS_SHOWN: usize = 1_000;

/// A person in the organization, with what hangs on them.
#[derive(Debug, Serialize, ToSchema)]
pub struct MemberDetail {
    /// The person.
    #[serde(flatten)]
    pub member: MemberView,
    /// The agents that they answer for, revoked ones aside; the first thousand.
    pub agents: Vec<OwnedAgent>,
    /// The workspaces they are in.
    pub workspaces: Vec<PlaceView>,
}

/// An agent that a person answers for.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnedAgent {
    /// Its id.
    pub id: Uuid,
    /// What it is called.
    pub name: String,
    /// `live`, `paused` or `unowned`.
    pub state: &'static str,
}

/// A workspace that a person is in, and as what.
#[derive(Debug, Serialize, ToSchema)]
pub struct PlaceView {
    /// Its id.
    pub id: Uuid,
    /// Its name in URLs.
    pub slug: String,
    /// What it is called.
    pub name: String,
    /// The roles they hold there.
    pub roles: Vec<Named>,
}

impl MemberDetail {
    /// A member as the reader may see them.
    pub fn of(reading: &Reading, member: &OrganizationMembership) -> Self {
        let workspaces = workspaces_of(reading, member.user);
        Self {
            member: MemberView::of(reading, member),
            agents: agents_of(reading, member.user).take(AGENTS_SHOWN).map(OwnedAgent::from).collect(),
            workspaces: workspaces
                .into_iter()
                .filter_map(|id| place(&reading.facts, member.user, id))
                .collect(),
        }
    }
}

impl From<&Agent> for OwnedAgent {
    fn from(agent: &Agent) -> Self {
        Self { id: agent.id.uuid(), name: agent.name.to_string(), state: agent.state.as_str() }
    }
}

fn place(facts: &Snapshot, user: UserId, id: WorkspaceId) -> Option<PlaceView> {
    let workspace = facts.workspace(id)?;
    let roles = facts.roles_held(Member::User(user), id).filter_map(|(_, role)| facts.role(role));
    Some(PlaceView {
        id: id.uuid(),
        slug: workspace.slug.to_string(),
        name: workspace.name.to_string(),
        roles: roles.map(|role| Named { id: role.id.uuid(), name: role.name.to_string() }).collect(),
    })
}
