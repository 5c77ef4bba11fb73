use std::collections::BTreeSet;
use std::sync::Arc;

use decision::{Action, On};
use model::{
    Agent, AgentId, AgentState, InvitationState, Member, OrganizationId, PrincipalId, Snapshot, UserId,
    WorkspaceId,
};

use crate::{App, Reading};

/// An agent that is in a workspace through its owner, with what bears on it there. Whether a call of it is allowed is
/// for the decision alone to say.
#[derive(Debug, Clone)]
pub struct AgentHere {
    /// The agent.
    pub agent: Arc<Agent>,
    /// The organization that it belongs to.
    pub organization: OrganizationId,
    /// Whether any entry of its scope is for the workspace, or for every one.
    pub in_scope: bool,
    /// Whether the workspace blocks it altogether.
    pub blocked: bool,
    /// How far its owner's latest invitation has come, where there is one.
    pub invitation: Option<InvitationState>,
}

/// The people in a workspace.
pub fn people_of(facts: &Snapshot, workspace: WorkspaceId) -> BTreeSet<UserId> {
    let members = facts.memberships_in(workspace).map(|membership| membership.member);
    members
        .filter_map(|member| match member {
            Member::User(user) => Some(user),
            Member::Robot(_) => None,
        })
        .collect()
}

impl App {
    /// The agents that are in a workspace through one of its people: those of this organization, and those that the
    /// person brings from other organizations that this node holds. Revoked ones are left out.
    ///
    /// Only agents that the reader may see. Another organization's agents show only where their scope reaches the
    /// workspace: what else a guest owns is no business of the host.
    pub fn agents_through(&self, reading: &Reading, workspace: WorkspaceId, user: UserId) -> Vec<AgentHere> {
        let Some(host) = reading.facts.organization().map(|organization| organization.id) else {
            return Vec::new();
        };
        let held = self.engine.replica().all_held();
        let elsewhere = held.iter().filter(|(organization, _)| **organization != host);
        let own = std::iter::once((host, &reading.facts));
        own.chain(elsewhere.map(|(organization, facts)| (*organization, facts)))
            .flat_map(|(organization, facts)| facts.agents_of(user).map(move |agent| (organization, agent)))
            .filter(|(_, agent)| !matches!(agent.state, AgentState::Revoked(_)))
            .filter(|(_, agent)| may_see(reading, agent.id, Some(agent.owner)))
            .map(|(organization, agent)| here(&reading.facts, workspace, organization, agent))
            .filter(|here| here.organization == host || here.in_scope)
            .collect()
    }

    /// An agent of any organization that this node holds.
    pub fn held_agent(&self, organization: OrganizationId, agent: AgentId) -> Option<Arc<Agent>> {
        self.engine.replica().held(organization)?.agent(agent).cloned()
    }
}

/// Whether the reader may know of an agent that is here through somebody: those who see every agent here, and
/// whoever answers for it, wherever it belongs.
pub fn may_see(reading: &Reading, agent: AgentId, owner: Option<UserId>) -> bool {
    let owns = owner.is_some_and(|owner| reading.caller.principal == Some(PrincipalId::User(owner)));
    owns || reading.may(Action::AgentRead, On::Agent(agent))
}

fn here(
    facts: &Snapshot,
    workspace: WorkspaceId,
    organization: OrganizationId,
    agent: &Arc<Agent>,
) -> AgentHere {
    let invited = facts.invitations_of(agent.id, workspace).filter(|i| i.invited_by == agent.owner).last();
    AgentHere {
        agent: Arc::clone(agent),
        organization,
        in_scope: reaches(agent, workspace),
        blocked: facts.overrides_on(agent.id, workspace).any(|narrowing| narrowing.blocked),
        invitation: invited.map(|invitation| invitation.state.clone()),
    }
}

/// Whether any entry of an agent's scope is for that workspace, or for every one.
pub(super) fn reaches(agent: &Agent, workspace: WorkspaceId) -> bool {
    agent.scope.entries.iter().any(|entry| entry.workspace.is_none_or(|named| named == workspace))
}
