//! What an organization's directory tells of people and groups, and what groups give.

crate::dialect::migration!("0026_directory", TABLES);

/// A person's name in the directory is unique whatever the case of its letters, so it is kept a second time as it is
/// compared: the two databases fold letters differently. The indexes serve the references.
const TABLES: &str = "
create table directory_users (
    organization_id {uuid} not null,
    user_id {uuid} not null,
    user_name text not null,
    folded_name text not null,
    external_id text,
    attributes text not null,
    role_without_groups text,
    created_at {number} not null,
    modified_at {number} not null,
    constraint directory_users_unique_user primary key (organization_id, user_id),
    constraint directory_users_unique_folded_name unique (organization_id, folded_name),
    constraint directory_users_unique_external unique (organization_id, external_id),
    constraint directory_users_membership foreign key (organization_id, user_id)
        references organization_memberships (organization_id, user_id) deferrable initially deferred
){table};

create table directory_groups (
    organization_id {uuid} not null,
    id {uuid} not null,
    name text not null,
    external_id text,
    created_at {number} not null,
    modified_at {number} not null,
    constraint directory_groups_unique_id primary key (organization_id, id),
    constraint directory_groups_unique_external unique (organization_id, external_id),
    constraint directory_groups_head foreign key (organization_id)
        references organization_heads (organization_id) deferrable initially deferred
){table};

create table directory_group_members (
    organization_id {uuid} not null,
    group_id {uuid} not null,
    user_id {uuid} not null,
    constraint directory_group_members_unique_user primary key (organization_id, group_id, user_id),
    constraint directory_group_members_group foreign key (organization_id, group_id)
        references directory_groups (organization_id, id) deferrable initially deferred,
    constraint directory_group_members_user foreign key (organization_id, user_id)
        references directory_users (organization_id, user_id) deferrable initially deferred
){table};

create index directory_group_members_by_user on directory_group_members (organization_id, user_id);

create table directory_group_mappings (
    organization_id {uuid} not null,
    id {uuid} not null,
    group_id {uuid} not null,
    organization_role text,
    workspace_id {uuid},
    role_id {uuid},
    constraint directory_group_mappings_unique_id primary key (organization_id, id),
    constraint directory_group_mappings_one_kind check (
        (organization_role is null) <> (workspace_id is null) and (workspace_id is null) = (role_id is null)
    ),
    constraint directory_group_mappings_group foreign key (organization_id, group_id)
        references directory_groups (organization_id, id) deferrable initially deferred,
    constraint directory_group_mappings_workspace foreign key (organization_id, workspace_id)
        references workspaces (organization_id, id) deferrable initially deferred,
    constraint directory_group_mappings_role foreign key (organization_id, role_id)
        references roles (organization_id, id) deferrable initially deferred
){table};

create index directory_group_mappings_by_group on directory_group_mappings (organization_id, group_id);

create index directory_group_mappings_by_role on directory_group_mappings (organization_id, role_id);
";
