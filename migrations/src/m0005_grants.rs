//! What roles give.

crate::dialect::migration!("0005_grants", TABLES);

/// The index serves the reference: without it, removing a role would read every grant.
const TABLES: &str = "
create table grants (
    organization_id {uuid} not null,
    id {uuid} not null,
    role_id {uuid} not null,
    server_id {uuid} not null,
    tools text not null,
    constraints text not null,
    constraint grants_unique_id primary key (organization_id, id),
    constraint grants_role foreign key (organization_id, role_id)
        references roles (organization_id, id) deferrable initially deferred,
    constraint grants_server foreign key (organization_id, server_id)
        references servers (organization_id, id) deferrable initially deferred
){table};

create index grants_by_role on grants (organization_id, role_id);
";
