use serde::{Deserialize, Serialize};

use crate::{Because, Name, ServerId, Slug, StateError, WorkspaceId};

/// A registered MCP server or other tool provider.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Server {
    /// Its id.
    pub id: ServerId,
    /// Its name in calls and gateway configurations; unique in the organization.
    pub slug: Slug,
    /// What people call it.
    pub name: Name,
    /// Where its tools are imported from, if they are.
    pub url: Option<String>,
    /// Whose credentials it is called with.
    pub credential_mode: CredentialMode,
    /// Who must be allowed for a call.
    pub identity_mode: IdentityMode,
    /// Whether it may be called.
    pub state: ServerState,
}

/// Whose credentials a server is called with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CredentialMode {
    /// The organization's own: open to robots.
    Shared,
    /// Each person's own: always needs a user, never open to robots.
    Personal,
}

/// Who must be allowed for a call. The order is by strictness.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IdentityMode {
    /// The agent alone.
    Agent,
    /// A user's delegation is required; the user's access decides, the agent's scope still bounds.
    OnBehalfOf,
    /// Agent and user must both be allowed.
    Hybrid,
}

/// Whether a server may be called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum ServerState {
    /// Registered.
    Active,
    /// Taken out of use; it stays in the evidence.
    Removed(Because),
}

/// A server offered in a workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Attachment {
    /// Which server.
    pub server: ServerId,
    /// Where.
    pub workspace: WorkspaceId,
}

impl Server {
    /// Takes it out of use.
    pub fn remove(self, because: Because) -> Result<Self, StateError> {
        match self.state {
            ServerState::Active => Ok(Self { state: ServerState::Removed(because), ..self }),
            ServerState::Removed(_) => Err(StateError::new("remove", "removed")),
        }
    }

    /// Whether it may be called.
    pub fn is_active(&self) -> bool {
        matches!(self.state, ServerState::Active)
    }
}
