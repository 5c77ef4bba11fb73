use serde::{Deserialize, Serialize};

use crate::{
    GroupId, GroupMappingId, Name, OrganizationRole, RoleId, Timestamp, UserId, WorkspaceId,
    WorkspaceMembershipId,
};

/// A group of the organization's directory. By itself it gives nothing: what it gives is a [`GroupMapping`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// Its id.
    pub id: GroupId,
    /// What the directory calls it.
    pub name: Name,
    /// The directory's own id of it; unique in the organization, compared exactly.
    pub external_id: Option<String>,
    /// When the directory first told of it.
    pub created_at: Timestamp,
    /// When it, or who is in it, last changed.
    pub modified_at: Timestamp,
}

/// A person in a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct GroupMember {
    /// Which group.
    pub group: GroupId,
    /// Who.
    pub user: UserId,
}

/// What being in a group gives: an entry of the allow-list that a person of the organization keeps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupMapping {
    /// Its id.
    pub id: GroupMappingId,
    /// Which group.
    pub group: GroupId,
    /// What it gives.
    #[serde(flatten)]
    pub gives: Gives,
}

/// A right that a group gives to those in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "gives", rename_all = "snake_case")]
pub enum Gives {
    /// To be that in the organization. Never its owner.
    OrganizationRole {
        /// As what.
        role: OrganizationRole,
    },
    /// To be in a workspace with a role.
    WorkspaceRole {
        /// Where.
        workspace: WorkspaceId,
        /// With which role.
        role: RoleId,
    },
}

impl Gives {
    /// The word for its kind.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::OrganizationRole { .. } => "organization_role",
            Self::WorkspaceRole { .. } => "workspace_role",
        }
    }
}

/// The id of the membership that groups give a person in a workspace. It is worked out from what the membership is, so
/// that one made by a group can be told from one made by hand without a mark on either.
///
/// Each of the three ids has 74 random bits of its own, so their exclusive or is as good as drawn; the version says
/// that it was not (RFC 9562, version 8).
pub fn given_place(user: UserId, workspace: WorkspaceId, role: RoleId) -> WorkspaceMembershipId {
    let mixed = user.uuid().as_u128() ^ workspace.uuid().as_u128() ^ role.uuid().as_u128();
    WorkspaceMembershipId::from_uuid(uuid::Builder::from_custom_bytes(mixed.to_be_bytes()).into_uuid())
}
