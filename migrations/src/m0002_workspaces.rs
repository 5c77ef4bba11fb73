//! Workspaces, roles, robots, and who is in a workspace as what.

crate::dialect::migration!("0002_workspaces", TABLES);

/// The two indexes on memberships serve the references: without them, removing a role would read every membership.
const TABLES: &str = "
create table workspaces (
    organization_id {uuid} not null,
    id {uuid} not null,
    slug text not null,
    name text not null,
    visibility text not null,
    access_mode text not null,
    guest_agents {flag} not null,
    auto_accept_agents {flag} not null,
    identity_mode text,
    constraint workspaces_unique_id primary key (organization_id, id),
    constraint workspaces_unique_slug unique (organization_id, slug),
    constraint workspaces_head foreign key (organization_id)
        references organization_heads (organization_id) deferrable initially deferred
){table};

create table roles (
    organization_id {uuid} not null,
    id {uuid} not null,
    name text not null,
    purpose text not null,
    constraint roles_unique_id primary key (organization_id, id),
    constraint roles_unique_name unique (organization_id, name),
    constraint roles_head foreign key (organization_id)
        references organization_heads (organization_id) deferrable initially deferred
){table};

create table robots (
    organization_id {uuid} not null,
    id {uuid} not null,
    name text not null,
    purpose text not null,
    stewards text not null,
    state text not null,
    state_detail text,
    created_at {number} not null,
    created_by {uuid} not null,
    constraint robots_unique_id primary key (organization_id, id),
    constraint robots_head foreign key (organization_id)
        references organization_heads (organization_id) deferrable initially deferred
){table};

create table workspace_memberships (
    organization_id {uuid} not null,
    id {uuid} not null,
    workspace_id {uuid} not null,
    user_id {uuid},
    robot_id {uuid},
    role_id {uuid} not null,
    constraint workspace_memberships_unique_id primary key (organization_id, id),
    constraint workspace_memberships_one_member check ((user_id is null) <> (robot_id is null)),
    constraint workspace_memberships_workspace foreign key (organization_id, workspace_id)
        references workspaces (organization_id, id) deferrable initially deferred,
    constraint workspace_memberships_user foreign key (organization_id, user_id)
        references organization_users (organization_id, user_id) deferrable initially deferred,
    constraint workspace_memberships_robot foreign key (organization_id, robot_id)
        references robots (organization_id, id) deferrable initially deferred,
    constraint workspace_memberships_role foreign key (organization_id, role_id)
        references roles (organization_id, id) deferrable initially deferred
){table};

create index workspace_memberships_by_role on workspace_memberships (organization_id, role_id);

create index workspace_memberships_by_workspace on workspace_memberships (organization_id, workspace_id);
";
