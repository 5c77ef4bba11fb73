//! Servers, where they are offered, and their tools.

crate::dialect::migration!("0004_servers", TABLES);

/// A slug stays taken after a server is removed: evidence and gateway configurations name it.
const TABLES: &str = "
create table servers (
    organization_id {uuid} not null,
    id {uuid} not null,
    slug text not null,
    name text not null,
    url text,
    credential_mode text not null,
    identity_mode text not null,
    state text not null,
    state_detail text,
    constraint servers_unique_id primary key (organization_id, id),
    constraint servers_unique_slug unique (organization_id, slug),
    constraint servers_head foreign key (organization_id)
        references organization_heads (organization_id) deferrable initially deferred
){table};

create table attachments (
    organization_id {uuid} not null,
    workspace_id {uuid} not null,
    server_id {uuid} not null,
    constraint attachments_unique_server primary key (organization_id, workspace_id, server_id),
    constraint attachments_workspace foreign key (organization_id, workspace_id)
        references workspaces (organization_id, id) deferrable initially deferred,
    constraint attachments_server foreign key (organization_id, server_id)
        references servers (organization_id, id) deferrable initially deferred
){table};

create table tools (
    organization_id {uuid} not null,
    id {uuid} not null,
    server_id {uuid} not null,
    name text not null,
    title text not null,
    risk text not null,
    definition {bytes} not null,
    reviewed {bytes},
    state text not null,
    constraint tools_unique_id primary key (organization_id, id),
    constraint tools_unique_name unique (organization_id, server_id, name),
    constraint tools_server foreign key (organization_id, server_id)
        references servers (organization_id, id) deferrable initially deferred
){table};
";
