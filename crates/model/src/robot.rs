use serde::{Deserialize, Serialize};

use crate::{Because, Name, RobotId, StateError, Timestamp, UserId};

/// A service account of the organization. It has no owner and reaches shared-mode servers only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Robot {
    /// Its id.
    pub id: RobotId,
    /// What people call it.
    pub name: Name,
    /// What it is for, in a sentence; may be empty.
    pub purpose: String,
    /// Whom to tell about it.
    pub stewards: Vec<UserId>,
    /// Whether it may act.
    pub state: RobotState,
    /// When it was created.
    pub created_at: Timestamp,
    /// Who created it.
    pub created_by: UserId,
}

/// Whether a robot may act.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum RobotState {
    /// It may act within its roles.
    Live,
    /// Held.
    Paused(Because),
    /// Soft-deleted: it does nothing, and stays in the evidence.
    Deleted(Because),
}

impl RobotState {
    /// The word for it.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Paused(_) => "paused",
            Self::Deleted(_) => "deleted",
        }
    }
}

impl Robot {
    /// Holds it; reversible.
    pub fn pause(self, because: Because) -> Result<Self, StateError> {
        match self.state {
            RobotState::Live => Ok(Self { state: RobotState::Paused(because), ..self }),
            other => Err(StateError::new("pause", other.as_str())),
        }
    }

    /// Lets it act again.
    pub fn resume(self) -> Result<Self, StateError> {
        match self.state {
            RobotState::Paused(_) => Ok(Self { state: RobotState::Live, ..self }),
            other => Err(StateError::new("resume", other.as_str())),
        }
    }

    /// Soft-deletes it.
    pub fn delete(self, because: Because) -> Result<Self, StateError> {
        match self.state {
            RobotState::Deleted(_) => Err(StateError::new("delete", "deleted")),
            _ => Ok(Self { state: RobotState::Deleted(because), ..self }),
        }
    }
}
