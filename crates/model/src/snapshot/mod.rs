//! Everything known about one organization at one revision: the only thing a decision reads.
//!
//! Immutable and cheap to copy (persistent maps), so a node can keep answering from one while it builds the next.
//! Found by hash, because a decision looks a dozen things up that no cache holds; ordered beside it, so that lists page
//! by id and two snapshots of the same facts are equal.

mod apply;
mod find;
mod granted;
mod index;
mod list;
mod table;

use std::sync::Arc;

use granted::Granted;
use imbl::{OrdMap, OrdSet};
use table::{Found, Table};

use crate::{
    AcceptedIdentity, AcceptedIdentityId, Agent, AgentId, Attachment, Connection, ConnectionId,
    DirectoryUser, Domain, DomainId, DomainName, Gateway, GatewayId, Grant, GrantId, Group, GroupId,
    GroupMapping, GroupMappingId, GroupMember, Holder, Invitation, InvitationId, Key, KeyId, Member,
    MemberInvitation, MemberInvitationId, Organization, OrganizationMembership, Override, OverrideId,
    Revision, Robot, RobotId, Role, RoleId, Server, ServerId, SignalStream, SignalStreamId, Slug, Tool,
    ToolId, ToolName, User, UserId, Workspace, WorkspaceId, WorkspaceMembership, WorkspaceMembershipId,
};

/// The facts of one organization at one revision.
#[derive(Debug, Clone, Default)]
pub struct Snapshot {
    pub(crate) revision: Revision,
    pub(crate) organization: Option<Arc<Organization>>,
    pub(crate) users: OrdMap<UserId, Arc<User>>,
    pub(crate) members: OrdMap<UserId, Arc<OrganizationMembership>>,
    pub(crate) workspaces: Table<WorkspaceId, Workspace>,
    pub(crate) workspace_memberships: Table<WorkspaceMembershipId, WorkspaceMembership>,
    pub(crate) roles: Table<RoleId, Role>,
    /// Ten times as many as anything else, and none is found by its id on the way to a decision: once is enough.
    pub(crate) grants: OrdMap<GrantId, Arc<Grant>>,
    pub(crate) robots: Table<RobotId, Robot>,
    pub(crate) agents: Table<AgentId, Agent>,
    pub(crate) servers: Table<ServerId, Server>,
    pub(crate) attachments: OrdSet<Attachment>,
    pub(crate) tools: Table<ToolId, Tool>,
    pub(crate) overrides: Table<OverrideId, Override>,
    pub(crate) invitations: Table<InvitationId, Invitation>,
    pub(crate) member_invitations: Table<MemberInvitationId, MemberInvitation>,
    pub(crate) gateways: Table<GatewayId, Gateway>,
    pub(crate) keys: Table<KeyId, Key>,
    pub(crate) connections: Table<ConnectionId, Connection>,
    pub(crate) domains: Table<DomainId, Domain>,
    pub(crate) directory_users: Table<UserId, DirectoryUser>,
    pub(crate) groups: Table<GroupId, Group>,
    pub(crate) group_members: OrdSet<GroupMember>,
    pub(crate) group_mappings: Table<GroupMappingId, GroupMapping>,
    pub(crate) signal_streams: Table<SignalStreamId, SignalStream>,
    pub(crate) accepted_identities: Table<AcceptedIdentityId, AcceptedIdentity>,
    pub(crate) index: Index,
}

/// Ways into the tables other than by id. Derived: equal tables have equal indexes.
#[derive(Debug, Clone, Default)]
pub(crate) struct Index {
    /// What a decision asks of a person, both found at once: what they are called, and whether they are active.
    pub(crate) people: Found<UserId, Known>,
    pub(crate) workspace_slugs: Found<Slug, Arc<Workspace>>,
    pub(crate) server_slugs: Found<Slug, Arc<Server>>,
    pub(crate) tool_names: OrdMap<(ServerId, ToolName), ToolId>,
    /// The same, for a call: found by the name as it came, without making a key of it.
    pub(crate) tools_named: Found<ServerId, Found<ToolName, Arc<Tool>>>,
    pub(crate) offered_in: Found<WorkspaceId, Vec<ServerId>>,
    pub(crate) roles_held: Found<(Member, WorkspaceId), Vec<(WorkspaceMembershipId, RoleId)>>,
    pub(crate) workspaces_of: OrdSet<(Member, WorkspaceId)>,
    pub(crate) members_of: OrdSet<(WorkspaceId, WorkspaceMembershipId)>,
    pub(crate) grants_on: Found<(RoleId, ServerId), Granted>,
    pub(crate) servers_of: OrdSet<(RoleId, ServerId)>,
    pub(crate) agents_of: OrdSet<(UserId, AgentId)>,
    pub(crate) keys_of: OrdSet<(Holder, KeyId)>,
    pub(crate) overrides_on: OrdSet<(AgentId, WorkspaceId, OverrideId)>,
    pub(crate) invitations_of: OrdSet<(AgentId, WorkspaceId, InvitationId)>,
    pub(crate) places_of: OrdSet<(ServerId, WorkspaceId)>,
    pub(crate) domain_names: OrdMap<DomainName, DomainId>,
    pub(crate) user_names: OrdMap<String, UserId>,
    pub(crate) external_ids: OrdMap<String, UserId>,
    pub(crate) groups_of: OrdSet<(UserId, GroupId)>,
    pub(crate) gives: OrdSet<(GroupId, GroupMappingId)>,
    pub(crate) identities_of: OrdSet<(UserId, AcceptedIdentityId)>,
}

/// A person as the organization knows them: the one without the other while a transaction is under way.
#[derive(Debug, Clone, Default)]
pub(crate) struct Known {
    pub(crate) user: Option<Arc<User>>,
    pub(crate) member: Option<Arc<OrganizationMembership>>,
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
