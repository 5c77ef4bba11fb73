//! Gateways, and everybody's keys.

crate::dialect::migration!("0007_gateways_and_keys", TABLES);

/// A key's public id is unique on the whole installation: a presented key names nothing else, so the id alone has to
/// lead to the organization. Ids are drawn at random (71 bits), so a taken one tells nobody anything.
const TABLES: &str = "
create table gateways (
    organization_id {uuid} not null,
    id {uuid} not null,
    name text not null,
    state text not null,
    state_detail text,
    may_assert_subjects {flag} not null,
    allows_unseen_tools {flag} not null,
    created_at {number} not null,
    constraint gateways_unique_id primary key (organization_id, id),
    constraint gateways_head foreign key (organization_id)
        references organization_heads (organization_id) deferrable initially deferred
){table};

create table keys (
    organization_id {uuid} not null,
    id text not null,
    holder_kind text not null,
    holder_id {uuid} not null,
    name text not null,
    hash {bytes} not null,
    state text not null,
    state_detail text,
    created_at {number} not null,
    created_by {uuid},
    expires_at {number} not null,
    replaces text,
    limits text not null,
    constraint keys_unique_id primary key (organization_id, id),
    constraint keys_everywhere_unique_id unique (id),
    constraint keys_head foreign key (organization_id)
        references organization_heads (organization_id) deferrable initially deferred
){table};
";
