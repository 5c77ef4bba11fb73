use app::Reading;
use model::{AgentState, Holder, InvitationState, KeyState, Member, OrganizationRole, Snapshot, UserId};

/// So many names stand on a page of consequences; more are counted.
const NAMED: usize = 12;

/// What hangs on a person, and ends with their place in the organization: counted from the same facts that the
/// cascade is worked out from.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Stake {
    /// Agents they answer for that can act or be resumed.
    pub(super) agents: usize,
    /// The names of the first of them.
    pub(super) named: Vec<String>,
    /// Keys of those agents, and the person's own, that still count.
    pub(super) keys: usize,
    /// Invitations of agents that they made and that wait or count.
    pub(super) invitations: usize,
    /// The workspaces they are in, by name.
    pub(super) workspaces: Vec<String>,
}

impl Stake {
    /// How many agents are not named.
    pub(super) fn more(&self) -> usize {
        self.agents.saturating_sub(self.named.len())
    }

    /// What hangs on that person now.
    pub(super) fn of(reading: &Reading, user: UserId) -> Self {
        let facts = &reading.facts;
        let agents: Vec<_> = facts
            .agents_of(user)
            .filter(|agent| !matches!(agent.state, AgentState::Revoked(_) | AgentState::Unowned(_)))
            .collect();
        let holders = facts.agents_of(user).map(|agent| Holder::Agent(agent.id));
        let holders = holders.chain(std::iter::once(Holder::User(user)));
        let invitations = facts.list_invitations(None).filter(|invitation| invitation.invited_by == user);
        let standing = invitations
            .filter(|i| matches!(i.state, InvitationState::Pending | InvitationState::Accepted(_)));
        let mut workspaces: Vec<String> = facts
            .workspaces_of(Member::User(user))
            .filter_map(|id| facts.workspace(id))
            .map(|workspace| workspace.name.to_string())
            .collect();
        workspaces.sort();
        workspaces.dedup();
        Self {
            agents: agents.len(),
            named: agents.iter().take(NAMED).map(|agent| agent.name.to_string()).collect(),
            keys: holders.map(|holder| live_keys(facts, holder)).sum(),
            invitations: standing.count(),
            workspaces,
        }
    }
}

fn live_keys(facts: &Snapshot, holder: Holder) -> usize {
    facts.keys_of(holder).filter(|key| !matches!(key.state, KeyState::Revoked(_))).count()
}

/// Who could take over what somebody answers for: active members who may own agents.
pub(super) fn heirs(facts: &Snapshot, but: UserId) -> impl Iterator<Item = UserId> {
    facts
        .list_members(None)
        .filter(move |member| member.user != but && member.is_active())
        .filter(|member| !matches!(member.role, OrganizationRole::Guest | OrganizationRole::Auditor))
        .map(|member| member.user)
}

impl Stake {
    /// How many of what stop or end: with the places in workspaces where the person leaves for good.
    pub(super) fn counts(&self, leaves: bool) -> Vec<(usize, String)> {
        let mut counts = vec![
            (self.agents, "Agents that lose everything".to_owned()),
            (self.keys, "Keys that end".to_owned()),
            (self.invitations, "Invitations that are withdrawn".to_owned()),
        ];
        if leaves {
            counts.push((self.workspaces.len(), "Workspaces they leave".to_owned()));
        }
        counts
    }
}
