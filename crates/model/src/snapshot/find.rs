//! Finding one thing.

use std::sync::Arc;

use crate::{
    Agent, AgentId, Attachment, Gateway, GatewayId, Grant, GrantId, Holder, Invitation, InvitationId, Key,
    KeyId, Organization, OrganizationMembership, Override, OverrideId, PrincipalId, Robot, RobotId, Role,
    RoleId, Server, ServerId, Snapshot, Tool, ToolId, User, UserId, Workspace, WorkspaceId,
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
    /// A person known here, member or guest.
    user: users[UserId] -> User;
    /// A person's membership in the organization.
    member: members[UserId] -> OrganizationMembership;
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
    /// A gateway, revoked ones too.
    gateway: gateways[GatewayId] -> Gateway;
    /// A key, ended ones too.
    key: keys[KeyId] -> Key;
}

impl Snapshot {
    /// The organization. None before its first change.
    pub fn organization(&self) -> Option<&Arc<Organization>> {
        self.organization.as_ref()
    }

    /// The workspace of that slug.
    pub fn workspace_by_slug(&self, slug: &str) -> Option<&Arc<Workspace>> {
        self.workspace(*self.index.workspace_slugs.get(slug)?)
    }

    /// The server of that slug, removed ones too: a slug is never used again for another server.
    pub fn server_by_slug(&self, slug: &str) -> Option<&Arc<Server>> {
        self.server(*self.index.server_slugs.get(slug)?)
    }

    /// The tool of that exact name on that server, withdrawn ones too.
    pub fn tool_by_name(&self, server: ServerId, name: &str) -> Option<&Arc<Tool>> {
        let name = name.parse().ok()?;
        self.tool(*self.index.tool_names.get(&(server, name))?)
    }

    /// Whether the server is offered in the workspace.
    pub fn is_attached(&self, server: ServerId, workspace: WorkspaceId) -> bool {
        self.attachments.contains(&Attachment { server, workspace })
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
        }
    }
}
