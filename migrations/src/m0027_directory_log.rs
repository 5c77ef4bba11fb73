//! When an organization's directory last came, and what of it was refused.

crate::dialect::migration!("0027_directory_log", TABLES);

/// Not facts: nothing is decided on them, and they are forgotten when newer ones come.
const TABLES: &str = "
create table directory_syncs (
    organization_id {uuid} not null,
    at {number} not null,
    constraint directory_syncs_unique_organization primary key (organization_id),
    constraint directory_syncs_head foreign key (organization_id)
        references organization_heads (organization_id) deferrable initially deferred
){table};

create table directory_errors (
    organization_id {uuid} not null,
    id {uuid} not null,
    at {number} not null,
    method text not null,
    path text not null,
    status {small} not null,
    scim_type text,
    detail text not null,
    request text not null,
    constraint directory_errors_unique_id primary key (organization_id, id),
    constraint directory_errors_head foreign key (organization_id)
        references organization_heads (organization_id) deferrable initially deferred
){table};
";
