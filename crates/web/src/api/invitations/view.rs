use app::{App, version_of};
use model::{Invitation, InvitationState, Snapshot};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::api::presented::{BecauseView, Named};

/// An owner's wish to bring an agent into a workspace.
#[derive(Debug, Serialize, ToSchema)]
pub struct InvitationView {
    /// Its id.
    pub id: Uuid,
    /// The workspace.
    pub workspace: Named,
    /// The agent. The name is empty where the agent's organization is not at hand.
    pub agent: Named,
    /// The organization that the agent belongs to.
    pub agent_organization: Uuid,
    /// The owner who asked. It counts only while they own the agent.
    pub invited_by: Named,
    /// What the owner says to whoever answers; may be empty.
    pub message: String,
    /// `pending`, `accepted`, `declined` or `withdrawn`.
    pub state: &'static str,
    /// When, by whom and why it was answered.
    pub because: Option<BecauseView>,
    /// For `If-Match`.
    pub version: String,
}

impl InvitationView {
    /// An invitation, with the agent's name as far as it is at hand.
    pub fn of(app: &App, facts: &Snapshot, invitation: &Invitation) -> Self {
        let because = match &invitation.state {
            InvitationState::Pending => None,
            InvitationState::Accepted(b) | InvitationState::Declined(b) | InvitationState::Withdrawn(b) => {
                Some(b.into())
            }
        };
        let agent = app.held_agent(invitation.agent_organization, invitation.agent);
        let workspace = facts.workspace(invitation.workspace);
        Self {
            id: invitation.id.uuid(),
            workspace: Named {
                id: invitation.workspace.uuid(),
                name: workspace.map(|workspace| workspace.name.to_string()).unwrap_or_default(),
            },
            agent: Named {
                id: invitation.agent.uuid(),
                name: agent.map(|agent| agent.name.to_string()).unwrap_or_default(),
            },
            agent_organization: invitation.agent_organization.uuid(),
            invited_by: Named::user(facts, invitation.invited_by),
            message: invitation.message.clone(),
            state: invitation.state.as_str(),
            because,
            version: version_of(&invitation.clone().into()),
        }
    }
}
