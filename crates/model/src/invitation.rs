use serde::{Deserialize, Serialize};

use crate::{AgentId, Because, InvitationId, OrganizationId, StateError, UserId, WorkspaceId};

/// An owner's wish to bring an agent into a workspace whose access mode is explicit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    /// Its id.
    pub id: InvitationId,
    /// Into which workspace.
    pub workspace: WorkspaceId,
    /// The organization that the agent belongs to.
    pub agent_organization: OrganizationId,
    /// Which agent.
    pub agent: AgentId,
    /// The owner who invited it. It counts only while that person still owns the agent.
    pub invited_by: UserId,
    /// What the owner says to whoever answers; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub message: String,
    /// How far it has come.
    pub state: InvitationState,
}

/// How far an invitation has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum InvitationState {
    /// Waits for an administrator of the workspace.
    Pending,
    /// The agent may enter.
    Accepted(Because),
    /// An administrator said no.
    Declined(Because),
    /// The owner took it back.
    Withdrawn(Because),
}

impl Invitation {
    /// An administrator of the workspace says yes.
    pub fn accept(self, because: Because) -> Result<Self, StateError> {
        match self.state {
            InvitationState::Pending => Ok(Self { state: InvitationState::Accepted(because), ..self }),
            other => Err(StateError::new("accept", other.as_str())),
        }
    }

    /// An administrator of the workspace says no, or no longer.
    pub fn decline(self, because: Because) -> Result<Self, StateError> {
        match self.state {
            InvitationState::Pending | InvitationState::Accepted(_) => {
                Ok(Self { state: InvitationState::Declined(because), ..self })
            }
            other => Err(StateError::new("decline", other.as_str())),
        }
    }

    /// The owner takes it back.
    pub fn withdraw(self, because: Because) -> Result<Self, StateError> {
        match self.state {
            InvitationState::Pending | InvitationState::Accepted(_) => {
                Ok(Self { state: InvitationState::Withdrawn(because), ..self })
            }
            other => Err(StateError::new("withdraw", other.as_str())),
        }
    }

    /// Whether it lets the agent in, if its owner is still the one who invited it.
    pub fn is_accepted(&self) -> bool {
        matches!(self.state, InvitationState::Accepted(_))
    }
}

impl InvitationState {
    /// The word for it.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Accepted(_) => "accepted",
            Self::Declined(_) => "declined",
            Self::Withdrawn(_) => "withdrawn",
        }
    }
}
