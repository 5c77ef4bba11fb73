//! Listing many things, always in the order of their ids, which is the order of their creation.

use std::ops::Bound;
use std::sync::Arc;

use super::granted::Granted;
use crate::{
    AcceptedIdentity, AcceptedIdentityId, Agent, AgentId, Attachment, Connection, ConnectionId,
    DirectoryUser, Domain, DomainId, Fact, Gateway, GatewayId, Gives, Grant, GrantId, Group, GroupId,
    GroupMapping, GroupMappingId, GroupMember, Holder, Invitation, InvitationId, Key, KeyId, Member,
    MemberInvitation, MemberInvitationId, OrganizationMembership, Override, OverrideId, Robot, RobotId, Role,
    RoleId, Server, ServerId, SignalStream, SignalStreamId, Snapshot, Tool, ToolId, ToolName, User, UserId,
    Workspace, WorkspaceId, WorkspaceMembership, WorkspaceMembershipId,
};

macro_rules! listings {
    ($($(#[$doc:meta])* $name:ident: $table:ident[$id:ty] -> $type:ty;)+) => {
        impl Snapshot {
            $($(#[$doc])*
            ///
            /// Those after `after`; all where it is none.
            pub fn $name(&self, after: Option<$id>) -> impl Iterator<Item = &Arc<$type>> {
                let from = after.map_or(Bound::Unbounded, Bound::Excluded);
                self.$table.range((from, Bound::Unbounded)).map(|(_, item)| item)
            })+
        }
    };
}

listings! {
    /// The people known here.
    list_users: users[UserId] -> User;
    /// The memberships in the organization.
    list_members: members[UserId] -> OrganizationMembership;
    /// The workspaces.
    list_workspaces: workspaces[WorkspaceId] -> Workspace;
    /// The memberships in all workspaces.
    list_workspace_memberships: workspace_memberships[WorkspaceMembershipId] -> WorkspaceMembership;
    /// The roles.
    list_roles: roles[RoleId] -> Role;
    /// The grants of all roles.
    list_grants: grants[GrantId] -> Grant;
    /// The robots.
    list_robots: robots[RobotId] -> Robot;
    /// The agents.
    list_agents: agents[AgentId] -> Agent;
    /// The servers.
    list_servers: servers[ServerId] -> Server;
    /// The tools of all servers.
    list_tools: tools[ToolId] -> Tool;
    /// The overrides.
    list_overrides: overrides[OverrideId] -> Override;
    /// The invitations.
    list_invitations: invitations[InvitationId] -> Invitation;
    /// The invitations of people.
    list_member_invitations: member_invitations[MemberInvitationId] -> MemberInvitation;
    /// The gateways.
    list_gateways: gateways[GatewayId] -> Gateway;
    /// The keys.
    list_keys: keys[KeyId] -> Key;
    /// The ways in.
    list_connections: connections[ConnectionId] -> Connection;
    /// The domains.
    list_domains: domains[DomainId] -> Domain;
    /// The people that the directory tells of.
    list_directory_users: directory_users[UserId] -> DirectoryUser;
    /// The groups of the directory.
    list_groups: groups[GroupId] -> Group;
    /// What groups give.
    list_group_mappings: group_mappings[GroupMappingId] -> GroupMapping;
    /// The streams of signals.
    list_signal_streams: signal_streams[SignalStreamId] -> SignalStream;
    /// The accounts of other organizations' providers.
    list_accepted_identities: accepted_identities[AcceptedIdentityId] -> AcceptedIdentity;
}

impl Snapshot {
    /// The roles that a member holds in a workspace, each with the membership that gives it.
    pub fn roles_held(
        &self,
        member: Member,
        workspace: WorkspaceId,
    ) -> impl Iterator<Item = (WorkspaceMembershipId, RoleId)> {
        self.index.roles_held.get(&(member, workspace)).into_iter().flatten().copied()
    }

    /// The workspaces that a member is in, each as often as they hold a role there.
    pub fn workspaces_of(&self, member: Member) -> impl Iterator<Item = WorkspaceId> {
        self.index
            .workspaces_of
            .range((member, WorkspaceId::MIN)..=(member, WorkspaceId::MAX))
            .flat_map(move |&(_, workspace)| self.roles_held(member, workspace).map(move |_| workspace))
    }

    /// The memberships in a workspace.
    pub fn memberships_in(&self, workspace: WorkspaceId) -> impl Iterator<Item = &Arc<WorkspaceMembership>> {
        let of = |id| (workspace, id);
        self.index
            .members_of
            .range(of(WorkspaceMembershipId::MIN)..=of(WorkspaceMembershipId::MAX))
            .filter_map(|&(_, id)| self.workspace_membership(id))
    }

    /// The grants of a role on a server.
    pub fn grants_on(&self, role: RoleId, server: ServerId) -> impl Iterator<Item = &Arc<Grant>> {
        self.index.grants_on.get(&(role, server)).into_iter().flat_map(Granted::iter)
    }

    /// The grants of a role on a server that may be for a tool of that name, and all that are: their patterns have the
    /// last word. All of them where no tool is named.
    pub fn grants_naming(
        &self,
        role: RoleId,
        server: ServerId,
        tool: Option<&str>,
    ) -> impl Iterator<Item = &Arc<Grant>> {
        self.index.grants_on.get(&(role, server)).into_iter().flat_map(move |granted| granted.naming(tool))
    }

    /// The grants of a role on every server.
    pub fn grants_of(&self, role: RoleId) -> impl Iterator<Item = &Arc<Grant>> {
        self.index
            .servers_of
            .range((role, ServerId::MIN)..=(role, ServerId::MAX))
            .flat_map(move |&(_, server)| self.grants_on(role, server))
    }

    /// The agents that a person answers for, or last did.
    pub fn agents_of(&self, owner: UserId) -> impl Iterator<Item = &Arc<Agent>> {
        self.index
            .agents_of
            .range((owner, AgentId::MIN)..=(owner, AgentId::MAX))
            .filter_map(|&(_, id)| self.agent(id))
    }

    /// The keys of a holder.
    pub fn keys_of(&self, holder: Holder) -> impl Iterator<Item = &Arc<Key>> {
        self.index
            .keys_of
            .range((holder, KeyId::MIN)..)
            .take_while(move |(h, _)| *h == holder)
            .filter_map(|(_, id)| self.key(*id))
    }

    /// The overrides of an agent in a workspace.
    pub fn overrides_on(
        &self,
        agent: AgentId,
        workspace: WorkspaceId,
    ) -> impl Iterator<Item = &Arc<Override>> {
        self.index
            .overrides_on
            .range((agent, workspace, OverrideId::MIN)..=(agent, workspace, OverrideId::MAX))
            .filter_map(|&(_, _, id)| self.find_override(id))
    }

    /// The invitations of an agent to a workspace.
    pub fn invitations_of(
        &self,
        agent: AgentId,
        workspace: WorkspaceId,
    ) -> impl Iterator<Item = &Arc<Invitation>> {
        self.index
            .invitations_of
            .range((agent, workspace, InvitationId::MIN)..=(agent, workspace, InvitationId::MAX))
            .filter_map(|&(_, _, id)| self.invitation(id))
    }

    /// The workspaces that a server is attached to.
    pub fn places_of(&self, server: ServerId) -> impl Iterator<Item = WorkspaceId> {
        self.index
            .places_of
            .range((server, WorkspaceId::MIN)..=(server, WorkspaceId::MAX))
            .map(|&(_, workspace)| workspace)
    }

    /// The servers that are offered in a workspace, removed ones too.
    pub fn servers_in(&self, workspace: WorkspaceId) -> impl Iterator<Item = &Arc<Server>> {
        self.index.offered_in.get(&workspace).into_iter().flatten().filter_map(|id| self.server(*id))
    }

    /// The tools of a server, in the order of their names.
    pub fn tools_of(&self, server: ServerId) -> impl Iterator<Item = &Arc<Tool>> {
        // The shortest name there can be: a range over all names of one server begins here.
        let first = " ".parse::<ToolName>().ok().map(|name| (server, name));
        let from = first.map_or(Bound::Unbounded, Bound::Included);
        self.index
            .tool_names
            .range((from, Bound::Unbounded))
            .take_while(move |((s, _), _)| *s == server)
            .filter_map(|(_, id)| self.tool(*id))
    }

    /// The groups that a person is in.
    pub fn groups_of(&self, user: UserId) -> impl Iterator<Item = GroupId> {
        self.index.groups_of.range((user, GroupId::MIN)..=(user, GroupId::MAX)).map(|&(_, group)| group)
    }

    /// The people in a group.
    pub fn members_of(&self, group: GroupId) -> impl Iterator<Item = UserId> {
        let of = |user| GroupMember { group, user };
        self.group_members.range(of(UserId::MIN)..=of(UserId::MAX)).map(|member| member.user)
    }

    /// What a group gives, each with the entry that says so.
    pub fn given_by(&self, group: GroupId) -> impl Iterator<Item = &Arc<GroupMapping>> {
        self.index
            .gives
            .range((group, GroupMappingId::MIN)..=(group, GroupMappingId::MAX))
            .filter_map(|&(_, id)| self.group_mapping(id))
    }

    /// What a person is given by all their groups.
    pub fn given_to(&self, user: UserId) -> impl Iterator<Item = Gives> {
        self.groups_of(user).flat_map(|group| self.given_by(group)).map(|mapping| mapping.gives)
    }

    /// The accounts of other organizations' providers by which a person may come in.
    pub fn identities_of(&self, user: UserId) -> impl Iterator<Item = &Arc<AcceptedIdentity>> {
        self.index
            .identities_of
            .range((user, AcceptedIdentityId::MIN)..=(user, AcceptedIdentityId::MAX))
            .filter_map(|&(_, id)| self.accepted_identity(id))
    }

    /// Where servers are attached.
    pub fn list_attachments(&self) -> impl Iterator<Item = &Attachment> {
        self.attachments.iter()
    }

    /// Every fact, in the order of [`crate::FactKind::ALL`] and then of ids.
    pub fn facts(&self) -> impl Iterator<Item = Fact> {
        let organization = self.organization.iter().map(|f| Fact::from((**f).clone()));
        organization
            .chain(self.users.values().map(|f| (**f).clone().into()))
            .chain(self.members.values().map(|f| (**f).clone().into()))
            .chain(self.workspaces.values().map(|f| (**f).clone().into()))
            .chain(self.roles.values().map(|f| (**f).clone().into()))
            .chain(self.robots.values().map(|f| (**f).clone().into()))
            .chain(self.workspace_memberships.values().map(|f| (**f).clone().into()))
            .chain(self.agents.values().map(|f| (**f).clone().into()))
            .chain(self.servers.values().map(|f| (**f).clone().into()))
            .chain(self.attachments.iter().map(|f| (*f).into()))
            .chain(self.tools.values().map(|f| (**f).clone().into()))
            .chain(self.grants.values().map(|f| (**f).clone().into()))
            .chain(self.overrides.values().map(|f| (**f).clone().into()))
            .chain(self.invitations.values().map(|f| (**f).clone().into()))
            .chain(self.member_invitations.values().map(|f| (**f).clone().into()))
            .chain(self.gateways.values().map(|f| (**f).clone().into()))
            .chain(self.keys.values().map(|f| (**f).clone().into()))
            .chain(self.connections.values().map(|f| (**f).clone().into()))
            .chain(self.domains.values().map(|f| (**f).clone().into()))
            .chain(self.directory_users.values().map(|f| (**f).clone().into()))
            .chain(self.groups.values().map(|f| (**f).clone().into()))
            .chain(self.group_members.iter().map(|f| (*f).into()))
            .chain(self.group_mappings.values().map(|f| (**f).clone().into()))
            .chain(self.signal_streams.values().map(|f| (**f).clone().into()))
            .chain(self.accepted_identities.values().map(|f| (**f).clone().into()))
    }
}
