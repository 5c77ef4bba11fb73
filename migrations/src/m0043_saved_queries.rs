//! Queries of the audit log that people keep.

crate::dialect::migration!("0043_saved_queries", TABLES);

/// No facts: what somebody would otherwise type again. The index serves the one list there is of them.
const TABLES: &str = "
create table saved_queries (
    organization_id {uuid} not null,
    id {uuid} not null,
    user_id {uuid} not null,
    name text not null,
    line text not null,
    is_shared {flag} not null,
    at {number} not null,
    constraint saved_queries_unique_id primary key (organization_id, id)
){table};

create index saved_queries_by_user on saved_queries (organization_id, user_id);
";
