use serde::{Deserialize, Serialize};

use crate::{Because, Name, OrganizationId, Slug, StateError, Timestamp};

/// The tenant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organization {
    /// Its id.
    pub id: OrganizationId,
    /// Its name in URLs; unique on this installation.
    pub slug: Slug,
    /// What people call it.
    pub name: Name,
    /// Whether it may act at all.
    pub state: OrganizationState,
    /// The stop button: while pressed, no agent of the organization may do anything.
    pub stop: Stop,
}

/// Whether an organization may act.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum OrganizationState {
    /// Working.
    Active,
    /// Everything in it is refused, until the operator resumes it.
    Suspended(Because),
    /// Everything in it is refused, and after a while it is gone for ever, unless somebody thinks better of it.
    Deleting(Deletion),
}

/// The end of an organization, while it can still be undone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deletion {
    /// Since when, by whom and why.
    #[serde(flatten)]
    pub because: Because,
    /// When it is gone.
    pub gone_at: Timestamp,
}

/// The stop button of an organization.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Stop {
    /// Agents act as their own states allow.
    Released,
    /// Every agent is refused, whatever its own state.
    Pressed(Because),
}

impl Organization {
    /// Presses the stop button: every agent of the organization is refused from this revision on.
    pub fn stop_agents(self, because: Because) -> Result<Self, StateError> {
        match self.stop {
            Stop::Released => Ok(Self { stop: Stop::Pressed(because), ..self }),
            Stop::Pressed(_) => Err(StateError::new("stop", "stopped")),
        }
    }

    /// Releases the stop button; each agent is again what its own state says.
    pub fn release_agents(self) -> Result<Self, StateError> {
        match self.stop {
            Stop::Pressed(_) => Ok(Self { stop: Stop::Released, ..self }),
            Stop::Released => Err(StateError::new("release", "not stopped")),
        }
    }

    /// Suspends the organization.
    pub fn suspend(self, because: Because) -> Result<Self, StateError> {
        match self.state {
            OrganizationState::Active => Ok(Self { state: OrganizationState::Suspended(because), ..self }),
            other => Err(StateError::new("suspend", other.as_str())),
        }
    }

    /// The operator lets it act again.
    pub fn resume(self) -> Result<Self, StateError> {
        match self.state {
            OrganizationState::Suspended(_) => Ok(Self { state: OrganizationState::Active, ..self }),
            other => Err(StateError::new("resume", other.as_str())),
        }
    }

    /// Begins its end. A suspended one as well: who may delete it is not asked here.
    pub fn delete(self, deletion: Deletion) -> Result<Self, StateError> {
        match self.state {
            OrganizationState::Active | OrganizationState::Suspended(_) => {
                Ok(Self { state: OrganizationState::Deleting(deletion), ..self })
            }
            OrganizationState::Deleting(_) => Err(StateError::new("delete", "deleting")),
        }
    }

    /// Takes its end back, while it is there to be taken back: it acts again.
    pub fn undelete(self) -> Result<Self, StateError> {
        match self.state {
            OrganizationState::Deleting(_) => Ok(Self { state: OrganizationState::Active, ..self }),
            other => Err(StateError::new("undelete", other.as_str())),
        }
    }

    /// Whether it may act.
    pub fn is_active(&self) -> bool {
        matches!(self.state, OrganizationState::Active)
    }

    /// Whether its stop button is pressed.
    pub fn agents_are_stopped(&self) -> bool {
        matches!(self.stop, Stop::Pressed(_))
    }
}

impl OrganizationState {
    /// The word for it.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Suspended(_) => "suspended",
            Self::Deleting(_) => "deleting",
        }
    }
}
