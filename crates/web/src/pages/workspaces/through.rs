use app::workspaces::{self, AgentHere};
use app::{App, Reading};
use model::{AccessMode, AgentState, InvitationState, UserId, Workspace};

use super::rows::is_guest;
use crate::pages::Seal;

/// A person in a workspace, and the agents that are there through them.
#[derive(Debug)]
pub(super) struct Group {
    /// The person.
    pub(super) owner: UserId,
    /// What they are called.
    pub(super) name: String,
    /// Whether they are a guest here.
    pub(super) guest: bool,
    /// Their agents, as far as the reader may see them.
    pub(super) agents: Vec<Here>,
}

/// One agent in a workspace.
#[derive(Debug)]
pub(super) struct Here {
    /// Its id.
    pub(super) id: String,
    /// What it is called.
    pub(super) name: String,
    /// Its picture.
    pub(super) seal: Seal,
    /// The state it is in.
    pub(super) state: &'static str,
    /// Whether it belongs to another organization.
    pub(super) foreign: bool,
    /// Whether the workspace blocks it.
    pub(super) blocked: bool,
    /// Whether it can do anything here, and if not, what stops it: the first thing, in words.
    pub(super) stopped: Option<&'static str>,
}

/// The people of a workspace who bring agents, by name.
pub(super) fn groups(app: &App, reading: &Reading, workspace: &Workspace) -> Vec<Group> {
    let people = workspaces::people_of(&reading.facts, workspace.id);
    let mut groups: Vec<Group> = people
        .into_iter()
        .map(|owner| group(app, reading, workspace, owner))
        .filter(|group| !group.agents.is_empty())
        .collect();
    groups.sort_by_cached_key(|group| (group.name.to_lowercase(), group.owner));
    groups
}

/// One person's agents there.
pub(super) fn group(app: &App, reading: &Reading, workspace: &Workspace, owner: UserId) -> Group {
    let home = reading.facts.organization().map(|organization| organization.id);
    let guest = is_guest(reading, owner);
    let name = reading.facts.user(owner).map(|user| user.name.to_string()).unwrap_or_default();
    let agents = app.agents_through(reading, workspace.id, owner);
    let show = |here: &AgentHere| Here {
        id: here.agent.id.to_string(),
        name: here.agent.name.to_string(),
        seal: Seal::agent(here.agent.id.uuid(), here.agent.name.as_str(), owner.uuid(), &name),
        state: here.agent.state.as_str(),
        foreign: Some(here.organization) != home,
        blocked: here.blocked,
        stopped: stopped(workspace, here, guest),
    };
    let agents = agents.iter().map(show).collect();
    Group { owner, name, guest, agents }
}

/// What keeps an agent from doing anything here, where something as a whole does. Which tools it may call, and with
/// which arguments, is for the decision alone to say.
fn stopped(workspace: &Workspace, here: &AgentHere, guest: bool) -> Option<&'static str> {
    match here.agent.state {
        AgentState::Paused(_) => return Some("It is paused."),
        AgentState::Unowned(_) => return Some("Nobody answers for it any more."),
        AgentState::Revoked(_) => return Some("It was revoked for ever."),
        AgentState::Live => {}
    }
    let accepted = matches!(here.invitation, Some(InvitationState::Accepted(_)));
    if here.blocked {
        Some("It is blocked in this workspace.")
    } else if guest && !workspace.guest_agents {
        Some("This workspace does not let in the agents of guests.")
    } else if workspace.access_mode == AccessMode::Explicit && !accepted {
        Some("This workspace wants an accepted invitation for each agent.")
    } else if !here.in_scope {
        Some("Its scope does not reach this workspace.")
    } else {
        None
    }
}
