//! Everything known about one organization at one revision: the only thing a decision reads.
//!
//! Immutable and cheap to copy (persistent ordered maps), so a node can keep answering from one while it builds the
//! next. Ordered, so that lists page by id and two snapshots of the same facts are equal.

mod apply;
mod find;
mod list;

use std::sync::Arc;

use imbl::{OrdMap, OrdSet};

use crate::{
    Agent, AgentId, Attachment, Gateway, GatewayId, Grant, GrantId, Holder, Invitation, InvitationId, Key,
    KeyId, Member, Organization, OrganizationMembership, Override, OverrideId, Revision, Robot, RobotId,
    Role, RoleId, Server, ServerId, Slug, Tool, ToolId, ToolName, User, UserId, Workspace, WorkspaceId,
    WorkspaceMembership, WorkspaceMembershipId,
};

type Table<K, V> = OrdMap<K, Arc<V>>;

/// The facts of one organization at one revision.
#[derive(Debug, Clone, Default)]
pub struct Snapshot {
    pub(crate) revision: Revision,
    pub(crate) organization: Option<Arc<Organization>>,
    pub(crate) users: Table<UserId, User>,
    pub(crate) members: Table<UserId, OrganizationMembership>,
    pub(crate) workspaces: Table<WorkspaceId, Workspace>,
    pub(crate) workspace_memberships: Table<WorkspaceMembershipId, WorkspaceMembership>,
    pub(crate) roles: Table<RoleId, Role>,
    pub(crate) grants: Table<GrantId, Grant>,
    pub(crate) robots: Table<RobotId, Robot>,
    pub(crate) agents: Table<AgentId, Agent>,
    pub(crate) servers: Table<ServerId, Server>,
    pub(crate) attachments: OrdSet<Attachment>,
    pub(crate) tools: Table<ToolId, Tool>,
    pub(crate) overrides: Table<OverrideId, Override>,
    pub(crate) invitations: Table<InvitationId, Invitation>,
    pub(crate) gateways: Table<GatewayId, Gateway>,
    pub(crate) keys: Table<KeyId, Key>,
    pub(crate) index: Index,
}

/// Ways into the tables other than by id. Derived: equal tables have equal indexes.
#[derive(Debug, Clone, Default)]
pub(crate) struct Index {
    pub(crate) workspace_slugs: OrdMap<Slug, WorkspaceId>,
    pub(crate) server_slugs: OrdMap<Slug, ServerId>,
    pub(crate) tool_names: OrdMap<(ServerId, ToolName), ToolId>,
    pub(crate) roles_held: OrdMap<(Member, WorkspaceId, WorkspaceMembershipId), RoleId>,
    pub(crate) members_of: OrdSet<(WorkspaceId, WorkspaceMembershipId)>,
    pub(crate) grants_on: OrdMap<(RoleId, ServerId, GrantId), Arc<Grant>>,
    pub(crate) agents_of: OrdSet<(UserId, AgentId)>,
    pub(crate) keys_of: OrdSet<(Holder, KeyId)>,
    pub(crate) overrides_on: OrdSet<(AgentId, WorkspaceId, OverrideId)>,
    pub(crate) invitations_of: OrdSet<(AgentId, WorkspaceId, InvitationId)>,
    pub(crate) places_of: OrdSet<(ServerId, WorkspaceId)>,
}

impl Snapshot {
    /// The revision it shows.
    pub fn revision(&self) -> Revision {
        self.revision
    }

    /// The same facts, said to be at that revision. For building one from tables, whose revision is read beside them.
    #[must_use]
    pub fn at(self, revision: Revision) -> Self {
        Self { revision, ..self }
    }
}

/// Two snapshots are equal when they show the same facts at the same revision; indexes follow from the facts.
impl PartialEq for Snapshot {
    fn eq(&self, other: &Self) -> bool {
        self.revision == other.revision && self.facts().eq(other.facts())
    }
}
