use serde::{Deserialize, Serialize};

use crate::{Because, GatewayId, Name, StateError, Timestamp};

/// A policy enforcement point that asks us, with its own key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gateway {
    /// Its id.
    pub id: GatewayId,
    /// What people call it.
    pub name: Name,
    /// Whether it may ask.
    pub state: GatewayState,
    /// Whether its word counts for who the subject is (AuthZEN). Otherwise a credential must prove it.
    pub may_assert_subjects: bool,
    /// Whether a call whose tool cannot be seen (a gateway that forwards neither body nor mirrored headers) is
    /// decided for the server as a whole: allowed to who may call every tool of it. Otherwise it is denied.
    pub allows_unseen_tools: bool,
    /// When it was registered.
    pub created_at: Timestamp,
}

/// Whether a gateway may ask.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum GatewayState {
    /// It may.
    Active,
    /// Held.
    Paused(Because),
    /// Ended for ever.
    Revoked(Because),
}

impl GatewayState {
    /// The word for it.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Paused(_) => "paused",
            Self::Revoked(_) => "revoked",
        }
    }
}

impl Gateway {
    /// Holds it; reversible.
    pub fn pause(self, because: Because) -> Result<Self, StateError> {
        match self.state {
            GatewayState::Active => Ok(Self { state: GatewayState::Paused(because), ..self }),
            other => Err(StateError::new("pause", other.as_str())),
        }
    }

    /// Lets it ask again.
    pub fn resume(self) -> Result<Self, StateError> {
        match self.state {
            GatewayState::Paused(_) => Ok(Self { state: GatewayState::Active, ..self }),
            other => Err(StateError::new("resume", other.as_str())),
        }
    }

    /// Ends it for ever.
    pub fn revoke(self, because: Because) -> Result<Self, StateError> {
        match self.state {
            GatewayState::Revoked(_) => Err(StateError::new("revoke", "revoked")),
            _ => Ok(Self { state: GatewayState::Revoked(because), ..self }),
        }
    }

    /// Whether it may ask.
    pub fn is_active(&self) -> bool {
        matches!(self.state, GatewayState::Active)
    }
}
