use model::{ConnectionId, GrantId, InvitationId, KeyId, OverrideId, RoleId, UserId, WorkspaceMembershipId};
use serde::{Deserialize, Serialize};

use crate::Reason;

/// The questions of a call, in the order in which they are asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Question {
    /// Is the gateway active, and is the call one that can be understood?
    Gateway,
    /// Does the credential verify, within its own limits?
    Credential,
    /// Are the principal, its organization and its owner active?
    Principal,
    /// Is the server registered and offered in a workspace that the principal reaches?
    Reach,
    /// Is the tool known, and its definition the one that was reviewed?
    Tool,
    /// Does a role's grant reach it, with these arguments?
    Grant,
    /// Is it inside the agent's and the key's scope, outside the never-list and overrides?
    Ceiling,
    /// Does the identity mode allow this principal alone?
    Identity,
    /// Management: may this person, by this means, do that to this?
    Management,
}

/// One question and its answer, kept as evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// What was asked.
    pub question: Question,
    /// Why it stops here. None: it holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stops: Option<Reason>,
    /// By what it holds or stops, where one thing can be named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub through: Option<Through>,
}

/// The link of a path that a step rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "link", content = "id", rename_all = "snake_case")]
pub enum Through {
    /// A key.
    Key(KeyId),
    /// The owner whose access counts.
    Owner(UserId),
    /// A membership in the workspace.
    Membership(WorkspaceMembershipId),
    /// An accepted invitation.
    Invitation(InvitationId),
    /// A role held there.
    Role(RoleId),
    /// A grant of that role.
    Grant(GrantId),
    /// The entry of a scope or never-list, by position from zero.
    Entry(usize),
    /// An override.
    Override(OverrideId),
    /// The way in that somebody came by.
    Connection(ConnectionId),
}
