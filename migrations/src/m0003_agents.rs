//! Agents, each with the person who answers for it.

crate::dialect::migration!("0003_agents", TABLES);

/// The owner refers to the person and not to the membership: the person may leave, and the latched agent stays, still
/// saying who last answered for it. The index by id finds the organization of an agent that only its id is known of.
const TABLES: &str = "
create table agents (
    organization_id {uuid} not null,
    id {uuid} not null,
    name text not null,
    purpose text not null,
    owner_id {uuid} not null,
    state text not null,
    state_detail text,
    scope text not null,
    never text not null,
    created_at {number} not null,
    created_by {uuid} not null,
    constraint agents_unique_id primary key (organization_id, id),
    constraint agents_head foreign key (organization_id)
        references organization_heads (organization_id) deferrable initially deferred,
    constraint agents_owner foreign key (owner_id)
        references users (id) deferrable initially deferred
){table};

create index agents_by_owner on agents (organization_id, owner_id);

create index agents_by_id on agents (id);
";
