use serde::{Deserialize, Serialize};

use crate::{Because, PrincipalId, RobotId, RoleId, StateError, UserId, WorkspaceId, WorkspaceMembershipId};

/// A user in an organization.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrganizationMembership {
    /// Who.
    pub user: UserId,
    /// As what.
    pub role: OrganizationRole,
    /// Whether it counts now.
    pub state: MembershipState,
}

/// What a user is in an organization. The order is by power over others, weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrganizationRole {
    /// Sees only the workspaces they were invited to.
    Guest,
    /// Reads everything, changes nothing.
    Auditor,
    /// Owns agents and works in workspaces.
    Member,
    /// Decides who can do what.
    Admin,
    /// As admin, and appoints admins and owners.
    Owner,
}

/// Whether a membership counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum MembershipState {
    /// It counts.
    Active,
    /// The person is deactivated: nothing of theirs works here, their agents are latched.
    Suspended(Because),
}

impl OrganizationMembership {
    /// Deactivates the person in this organization.
    pub fn suspend(self, because: Because) -> Result<Self, StateError> {
        match self.state {
            MembershipState::Active => Ok(Self { state: MembershipState::Suspended(because), ..self }),
            MembershipState::Suspended(_) => Err(StateError::new("suspend", "suspended")),
        }
    }

    /// Brings the person back. Their former agents stay latched until somebody takes them over.
    pub fn resume(self) -> Result<Self, StateError> {
        match self.state {
            MembershipState::Suspended(_) => Ok(Self { state: MembershipState::Active, ..self }),
            MembershipState::Active => Err(StateError::new("resume", "active")),
        }
    }

    /// Whether it counts now.
    pub fn is_active(&self) -> bool {
        matches!(self.state, MembershipState::Active)
    }
}

/// Who can be put into a workspace. Agents cannot: they come with their owner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", content = "id", rename_all = "snake_case")]
pub enum Member {
    /// A human.
    User(UserId),
    /// A service account.
    Robot(RobotId),
}

impl From<Member> for PrincipalId {
    fn from(member: Member) -> Self {
        match member {
            Member::User(id) => Self::User(id),
            Member::Robot(id) => Self::Robot(id),
        }
    }
}

/// A user or robot in a workspace, with one role. Several roles are several memberships.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkspaceMembership {
    /// Its id.
    pub id: WorkspaceMembershipId,
    /// Where.
    pub workspace: WorkspaceId,
    /// Who.
    pub member: Member,
    /// With which role.
    pub role: RoleId,
}

impl OrganizationRole {
    /// The word for it in tables, URLs and pages.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Guest => "guest",
            Self::Auditor => "auditor",
            Self::Member => "member",
            Self::Admin => "admin",
            Self::Owner => "owner",
        }
    }
}
