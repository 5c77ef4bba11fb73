//! When keys and gateways were last heard of. Beside the facts: no decision rests on it, so no change records it.

crate::dialect::migration!("0010_usage", TABLES);

const TABLES: &str = "
create table key_usage (
    organization_id {uuid} not null,
    key_id text not null,
    last_used_at {number} not null,
    last_address text,
    last_gateway_id {uuid},
    allowed {number} not null,
    denied {number} not null,
    constraint key_usage_unique_key primary key (organization_id, key_id)
){table};

create table gateway_usage (
    organization_id {uuid} not null,
    gateway_id {uuid} not null,
    last_seen_at {number} not null,
    allowed {number} not null,
    denied {number} not null,
    constraint gateway_usage_unique_gateway primary key (organization_id, gateway_id)
){table};
";
