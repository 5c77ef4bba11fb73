use model::{
    AgentId, AgentState, Edit, Fact, InvitationId, InvitationState, KeyId, KeyState, WorkspaceMembershipId,
};

/// What ended because a person lost something: read off the edits themselves, so it cannot say anything else than
/// what was written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cut {
    /// Agents that nobody answers for any more.
    pub agents: Vec<AgentId>,
    /// Keys that were revoked.
    pub keys: Vec<KeyId>,
    /// Invitations that were withdrawn.
    pub invitations: Vec<InvitationId>,
    /// Memberships in workspaces that were removed.
    pub workspace_memberships: Vec<WorkspaceMembershipId>,
}

impl Cut {
    /// What these edits end.
    pub(crate) fn of(edits: &[Edit]) -> Self {
        let mut cut = Self::default();
        for edit in edits {
            match (&edit.before, &edit.after) {
                (Some(_), Some(Fact::Agent(agent))) if matches!(agent.state, AgentState::Unowned(_)) => {
                    cut.agents.push(agent.id);
                }
                (Some(_), Some(Fact::Key(key))) if matches!(key.state, KeyState::Revoked(_)) => {
                    cut.keys.push(key.id);
                }
                (Some(_), Some(Fact::Invitation(invitation)))
                    if matches!(invitation.state, InvitationState::Withdrawn(_)) =>
                {
                    cut.invitations.push(invitation.id);
                }
                (Some(Fact::WorkspaceMembership(membership)), None) => {
                    cut.workspace_memberships.push(membership.id);
                }
                _ => {}
            }
        }
        cut
    }
}
