//! One fact of each kind, as permissive as that kind can be; tests narrow from there.

use chrono::{DateTime, TimeDelta};
use model::{
    AccessMode, Agent, AgentId, AgentState, Because, Client, ClientAuthentication, Connection,
    ConnectionKind, ConnectionState, Constraint, CredentialMode, DefinitionHash, DirectoryUser, Gateway,
    GatewayState, Gives, Grant, Group, GroupId, GroupMapping, Holder, IdentityMode, Invitation,
    InvitationState, Key, KeyLimits, KeyState, Mapping, Member, MembershipState, Name, Operator,
    Organization, OrganizationId, OrganizationMembership, OrganizationRole, OrganizationState, Override,
    PrincipalId, Risk, Robot, RobotState, Role, RoleId, Scope, ScopeEntry, Server, ServerId, ServerState,
    Stop, Terms, Timestamp, Tool, ToolState, User, UserId, Visibility, Workspace, WorkspaceId,
    WorkspaceMembership,
};
use serde_json::Value;

use crate::id;

/// The moment at which everything is asked.
pub(crate) fn now() -> Timestamp {
    DateTime::from_timestamp(1_800_000_000, 0).unwrap()
}

pub(crate) fn hours(count: i64) -> TimeDelta {
    TimeDelta::hours(count)
}

pub(crate) fn because(by: Option<PrincipalId>) -> Because {
    Because { at: now() - hours(1), by, reason: "drill".into() }
}

fn name(text: &str) -> Name {
    text.parse().unwrap()
}

pub(crate) fn organization(number: usize, slug: &str) -> Organization {
    Organization {
        id: id::organization(number),
        slug: slug.parse().unwrap(),
        name: name(slug),
        state: OrganizationState::Active,
        stop: Stop::Released,
    }
}

pub(crate) fn user(number: usize, called: &str) -> User {
    User { id: id::user(number), name: name(called), email: None }
}

pub(crate) fn member(user: UserId, role: OrganizationRole) -> OrganizationMembership {
    OrganizationMembership { user, role, state: MembershipState::Active }
}

pub(crate) fn workspace(number: usize, slug: &str) -> Workspace {
    Workspace {
        id: id::workspace(number),
        slug: slug.parse().unwrap(),
        name: name(slug),
        visibility: Visibility::Private,
        access_mode: AccessMode::Inherit,
        guest_agents: true,
        auto_accept_agents: false,
        identity_mode: None,
    }
}

pub(crate) fn role(number: usize, called: &str) -> Role {
    Role { id: id::role(number), name: name(called), purpose: String::new() }
}

pub(crate) fn place(
    number: usize,
    workspace: WorkspaceId,
    member: Member,
    role: RoleId,
) -> WorkspaceMembership {
    WorkspaceMembership { id: id::place(number), workspace, member, role }
}

pub(crate) fn agent(number: usize, owner: UserId, scope: Scope) -> Agent {
    Agent {
        id: id::agent(number),
        name: name(&format!("agent {number}")),
        purpose: String::new(),
        owner,
        state: AgentState::Live,
        scope,
        never: Scope::default(),
        created_at: now() - hours(48),
        created_by: owner,
    }
}

pub(crate) fn robot(number: usize, stewards: Vec<UserId>) -> Robot {
    Robot {
        id: id::robot(number),
        name: name(&format!("robot {number}")),
        purpose: String::new(),
        stewards,
        state: RobotState::Live,
        created_at: now() - hours(48),
        created_by: id::user(1),
    }
}

pub(crate) fn server(number: usize, slug: &str) -> Server {
    Server {
        id: id::server(number),
        slug: slug.parse().unwrap(),
        name: name(slug),
        url: None,
        credential_mode: CredentialMode::Shared,
        identity_mode: IdentityMode::Agent,
        state: ServerState::Active,
    }
}

pub(crate) fn tool(number: usize, server: ServerId, called: &str) -> Tool {
    Tool {
        id: id::tool(number),
        server,
        name: called.parse().unwrap(),
        title: String::new(),
        risk: Risk::Read,
        definition: DefinitionHash([1; 32]),
        reviewed: Some(DefinitionHash([1; 32])),
        state: ToolState::Offered,
    }
}

pub(crate) fn grant(number: usize, role: RoleId, server: ServerId, tools: &str) -> Grant {
    Grant { id: id::grant(number), role, server, tools: tools.parse().unwrap(), constraints: Vec::new() }
}

pub(crate) fn constraint(pointer: &str, operator: Operator, value: Value) -> Constraint {
    Constraint { pointer: pointer.into(), operator, value }
}

pub(crate) fn narrowing(
    number: usize,
    workspace: WorkspaceId,
    home: OrganizationId,
    agent: AgentId,
) -> Override {
    Override {
        id: id::narrowing(number),
        workspace,
        agent_organization: home,
        agent,
        blocked: false,
        denied: Vec::new(),
    }
}

pub(crate) fn invitation(
    number: usize,
    workspace: WorkspaceId,
    home: OrganizationId,
    agent: &Agent,
) -> Invitation {
    Invitation {
        id: id::invitation(number),
        workspace,
        agent_organization: home,
        agent: agent.id,
        message: String::new(),
        invited_by: agent.owner,
        state: InvitationState::Accepted(because(None)),
    }
}

/// A way in that lets anybody its provider knows in.
pub(crate) fn connection(number: usize) -> Connection {
    let client =
        Client { id: "answerable".into(), authentication: ClientAuthentication::Basic, secret: None };
    Connection {
        id: id::connection(number),
        name: name(&format!("connection {number}")),
        terms: Terms {
            kind: ConnectionKind::Oidc,
            issuer: "https://idp.example".into(),
            client,
            scopes: vec!["openid".into()],
            mapping: Mapping { just_in_time: true, ..Mapping::default() },
        },
        state: ConnectionState::Tested(because(None)),
        proposal: None,
        created_at: now() - hours(48),
    }
}

pub(crate) fn gateway(number: usize) -> Gateway {
    Gateway {
        id: id::gateway(number),
        name: name(&format!("gateway {number}")),
        state: GatewayState::Active,
        may_assert_subjects: true,
        allows_unseen_tools: true,
        created_at: now() - hours(48),
    }
}

pub(crate) fn key(number: usize, holder: Holder) -> Key {
    Key {
        id: id::key(number),
        holder,
        name: name(&format!("key {number}")),
        hash: [0; 32],
        state: KeyState::Live,
        created_at: now() - hours(24),
        created_by: None,
        expires_at: now() + hours(24),
        replaces: None,
        limits: KeyLimits::default(),
    }
}

pub(crate) fn entry(workspace: Option<WorkspaceId>, server: Option<ServerId>, tools: &str) -> ScopeEntry {
    ScopeEntry { workspace, server, tools: tools.parse().unwrap() }
}

pub(crate) fn everything() -> Scope {
    [entry(None, None, "*")].into_iter().collect()
}

pub(crate) fn directory_user(number: usize) -> DirectoryUser {
    DirectoryUser {
        user: id::user(number),
        user_name: format!("person-{number}"),
        external_id: Some(format!("external-{number}")),
        attributes: serde_json::Map::default(),
        role_without_groups: None,
        created_at: now() - hours(24),
        modified_at: now() - hours(24),
    }
}

pub(crate) fn group(number: usize) -> Group {
    Group {
        id: id::group(number),
        name: name(&format!("group {number}")),
        external_id: None,
        created_at: now() - hours(24),
        modified_at: now() - hours(24),
    }
}

pub(crate) fn mapping(number: usize, group: GroupId, workspace: WorkspaceId, role: RoleId) -> GroupMapping {
    GroupMapping { id: id::mapping(number), group, gives: Gives::WorkspaceRole { workspace, role } }
}
