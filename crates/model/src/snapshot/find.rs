//! Finding one thing.

use std::sync::Arc;

use crate::{
    AcceptedIdentity, AcceptedIdentityId, Agent, AgentId, Connection, ConnectionId, DirectoryUser, Domain,
    DomainId, Gateway, GatewayId, Grant, GrantId, Group, GroupId, GroupMapping, GroupMappingId, Holder,
    Invitation, InvitationId, Key, KeyId, MemberInvitation, MemberInvitationId, Organization,
    OrganizationMembership, Override, OverrideId, PrincipalId, Robot, RobotId, Role, RoleId, Server,
    ServerId, SignalStream, SignalStreamId, Snapshot, Tool, ToolId, User, UserId, Workspace, WorkspaceId,
    WorkspaceMembership, WorkspaceMembershipId,
};

macro_rules! finders {
    ($($(#[$doc:meta])* $name:ident: $table:ident[$id:ty] -> $type:ty;)+) => {
        impl Snapshot {
            $($(#[$doc])*
            pub fn $name(&self, id: $id) -> Option<&Arc<$type>> {
                self.$table.get(&id)
            })+
        }
    };
}

finders! {
    /// A workspace.
    workspace: workspaces[WorkspaceId] -> Workspace;
    /// A membership in a workspace.
    workspace_membership: workspace_memberships[WorkspaceMembershipId] -> WorkspaceMembership;
    /// A role.
    role: roles[RoleId] -> Role;
    /// A grant.
    grant: grants[GrantId] -> Grant;
    /// A robot, deleted ones too.
    robot: robots[RobotId] -> Robot;
    /// An agent, revoked ones too.
    agent: agents[AgentId] -> Agent;
    /// A server, removed ones too.
    server: servers[ServerId] -> Server;
    /// A tool, withdrawn ones too.
    tool: tools[ToolId] -> Tool;
    /// An override.
    find_override: overrides[OverrideId] -> Override;
    /// An invitation, answered ones too.
    invitation: invitations[InvitationId] -> Invitation;
    /// A person's invitation, answered ones too.
    member_invitation: member_invitations[MemberInvitationId] -> MemberInvitation;
    /// A gateway, revoked ones too.
    gateway: gateways[GatewayId] -> Gateway;
    /// A key, ended ones too.
    key: keys[KeyId] -> Key;
    /// A way in, disabled ones too.
    connection: connections[ConnectionId] -> Connection;
    /// A domain, whether it was proven or not.
    domain: domains[DomainId] -> Domain;
    /// A person as the directory tells of them.
    directory_user: directory_users[UserId] -> DirectoryUser;
    /// A group of the directory.
    group: groups[GroupId] -> Group;
    /// What a group gives.
    group_mapping: group_mappings[GroupMappingId] -> GroupMapping;
    /// A stream of signals.
    signal_stream: signal_streams[SignalStreamId] -> SignalStream;
    /// An account of another organization's provider.
    accepted_identity: accepted_identities[AcceptedIdentityId] -> AcceptedIdentity;
}

impl Snapshot {
    /// The organization. None before its first change.
    pub fn organization(&self) -> Option<&Arc<Organization>> {
        self.organization.as_ref()
    }

    /// A person known here, member or guest.
    pub fn user(&self, id: UserId) -> Option<&Arc<User>> {
        self.index.people.get(&id)?.user.as_ref()
    }

    /// A person's membership in the organization.
    pub fn member(&self, id: UserId) -> Option<&Arc<OrganizationMembership>> {
        self.index.people.get(&id)?.member.as_ref()
    }

    /// The workspace of that slug.
    pub fn workspace_by_slug(&self, slug: &str) -> Option<&Arc<Workspace>> {
        self.index.workspace_slugs.get(slug)
    }

    /// The server of that slug, removed ones too: a slug is never used again for another server.
    pub fn server_by_slug(&self, slug: &str) -> Option<&Arc<Server>> {
        self.index.server_slugs.get(slug)
    }

    /// The tool of that exact name on that server, withdrawn ones too.
    pub fn tool_by_name(&self, server: ServerId, name: &str) -> Option<&Arc<Tool>> {
        self.index.tools_named.get(&server)?.get(name)
    }

    /// The person of that name in the directory, whatever the case of its letters.
    pub fn directory_user_by_name(&self, user_name: &str) -> Option<&Arc<DirectoryUser>> {
        self.directory_user(*self.index.user_names.get(&DirectoryUser::folded(user_name))?)
    }

    /// The person of that id of the directory's own.
    pub fn directory_user_by_external_id(&self, external_id: &str) -> Option<&Arc<DirectoryUser>> {
        self.directory_user(*self.index.external_ids.get(external_id)?)
    }

    /// Whether the server is offered in the workspace.
    pub fn is_attached(&self, server: ServerId, workspace: WorkspaceId) -> bool {
        self.index.offered_in.get(&workspace).is_some_and(|servers| servers.binary_search(&server).is_ok())
    }

    /// The domain of that name, whether it was proven or not.
    pub fn domain_by_name(&self, name: &str) -> Option<&Arc<Domain>> {
        self.domain(*self.index.domain_names.get(name)?)
    }

    /// The way in that the organization demands, where it demands one.
    pub fn enforced_connection(&self) -> Option<&Arc<Connection>> {
        self.connections.values().find(|connection| connection.is_enforced())
    }

    /// What a principal is called here now.
    pub fn name_of(&self, principal: PrincipalId) -> Option<&str> {
        match principal {
            PrincipalId::User(id) => self.user(id).map(|u| u.name.as_str()),
            PrincipalId::Agent(id) => self.agent(id).map(|a| a.name.as_str()),
            PrincipalId::Robot(id) => self.robot(id).map(|r| r.name.as_str()),
        }
    }

    /// Whether there is such a holder of keys here.
    pub fn has_holder(&self, holder: Holder) -> bool {
        match holder {
            Holder::Agent(id) => self.agent(id).is_some(),
            Holder::Robot(id) => self.robot(id).is_some(),
            Holder::Gateway(id) => self.gateway(id).is_some(),
            Holder::User(id) => self.member(id).is_some(),
            Holder::Directory(id) => self.organization().is_some_and(|o| o.id == id),
        }
    }
}
