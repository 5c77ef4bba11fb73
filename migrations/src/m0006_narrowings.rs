//! How a workspace narrows agents, and lets them in.

crate::dialect::migration!("0006_narrowings", TABLES);

/// The agent may belong to another organization (a guest's), so it is named with its organization and not referred
/// to: one tenant's row must never keep another tenant's from changing.
const TABLES: &str = "
create table overrides (
    organization_id {uuid} not null,
    id {uuid} not null,
    workspace_id {uuid} not null,
    agent_organization_id {uuid} not null,
    agent_id {uuid} not null,
    blocked {flag} not null,
    denied text not null,
    constraint overrides_unique_id primary key (organization_id, id),
    constraint overrides_workspace foreign key (organization_id, workspace_id)
        references workspaces (organization_id, id) deferrable initially deferred
){table};

create table invitations (
    organization_id {uuid} not null,
    id {uuid} not null,
    workspace_id {uuid} not null,
    agent_organization_id {uuid} not null,
    agent_id {uuid} not null,
    invited_by {uuid} not null,
    state text not null,
    state_detail text,
    constraint invitations_unique_id primary key (organization_id, id),
    constraint invitations_workspace foreign key (organization_id, workspace_id)
        references workspaces (organization_id, id) deferrable initially deferred
){table};
";
