use serde::{Deserialize, Serialize};

use crate::{AgentId, Because, Name, Scope, StateError, Timestamp, UserId};

/// A non-human principal with a person who answers for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agent {
    /// Its id.
    pub id: AgentId,
    /// What people call it.
    pub name: Name,
    /// What it is for, in a sentence; may be empty.
    pub purpose: String,
    /// Who answers for it; in state `unowned`, who last did. Never absent.
    pub owner: UserId,
    /// Whether it may act.
    pub state: AgentState,
    /// The most it may ever do. Empty: nothing.
    pub scope: Scope,
    /// What it must never do, whatever else is granted.
    pub never: Scope,
    /// When it was created.
    pub created_at: Timestamp,
    /// Who created it.
    pub created_by: UserId,
}

/// Whether an agent may act.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum AgentState {
    /// It may act within its access.
    Live,
    /// Held, and can be resumed by its owner or an administrator.
    Paused(Because),
    /// Its owner lost the right to answer for it. Latched: only a person taking it over opens it.
    Unowned(Because),
    /// Ended for ever.
    Revoked(Because),
}

impl AgentState {
    /// The word for it.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Paused(_) => "paused",
            Self::Unowned(_) => "unowned",
            Self::Revoked(_) => "revoked",
        }
    }
}

impl Agent {
    /// Holds it; reversible.
    pub fn pause(self, because: Because) -> Result<Self, StateError> {
        match self.state {
            AgentState::Live => Ok(Self { state: AgentState::Paused(because), ..self }),
            other => Err(StateError::new("pause", other.as_str())),
        }
    }

    /// Lets it act again after a pause. A latched agent cannot be resumed, only taken over.
    pub fn resume(self) -> Result<Self, StateError> {
        match self.state {
            AgentState::Paused(_) => Ok(Self { state: AgentState::Live, ..self }),
            other => Err(StateError::new("resume", other.as_str())),
        }
    }

    /// Latches it because its owner can no longer answer for it. Final states stay as they are.
    #[must_use]
    pub fn latch(self, because: Because) -> Self {
        match self.state {
            AgentState::Revoked(_) | AgentState::Unowned(_) => self,
            AgentState::Live | AgentState::Paused(_) => Self { state: AgentState::Unowned(because), ..self },
        }
    }

    /// Ends it for ever.
    pub fn revoke(self, because: Because) -> Result<Self, StateError> {
        match self.state {
            AgentState::Revoked(_) => Err(StateError::new("revoke", "revoked")),
            _ => Ok(Self { state: AgentState::Revoked(because), ..self }),
        }
    }

    /// Hands it to another person, who answers for it from now on. Opens the latch; a pause stays.
    pub fn hand_over(self, to: UserId) -> Result<Self, StateError> {
        match self.state {
            AgentState::Revoked(_) => Err(StateError::new("hand over", "revoked")),
            AgentState::Unowned(_) => Ok(Self { owner: to, state: AgentState::Live, ..self }),
            AgentState::Live | AgentState::Paused(_) => Ok(Self { owner: to, ..self }),
        }
    }
}
