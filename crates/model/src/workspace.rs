use serde::{Deserialize, Serialize};

use crate::{IdentityMode, Name, Slug, WorkspaceId};

/// A place of work in an organization.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Workspace {
    /// Its id.
    pub id: WorkspaceId,
    /// Its name in calls and URLs; unique in the organization.
    pub slug: Slug,
    /// What people call it.
    pub name: Name,
    /// Who may know that it exists. Never mixes with access.
    pub visibility: Visibility,
    /// How agents get in.
    pub access_mode: AccessMode,
    /// Whether a guest's agents come with the guest.
    pub guest_agents: bool,
    /// Whether an owner's invitation of an agent counts at once, or waits for an administrator here.
    pub auto_accept_agents: bool,
    /// A stricter identity mode than the server's own, if any.
    pub identity_mode: Option<IdentityMode>,
}

/// Who may know that a workspace exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Visibility {
    /// Its members, administrators and auditors.
    Private,
    /// Everyone in the organization, except guests.
    Organization,
}

/// How agents get into a workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccessMode {
    /// With their owner's membership.
    Inherit,
    /// With their owner's membership and an accepted invitation: for high-stakes places.
    Explicit,
}
