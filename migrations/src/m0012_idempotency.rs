//! Answers kept for a day, so that a request sent twice is done once.

crate::dialect::migration!("0012_idempotency", TABLES);

/// The index serves the forgetting.
const TABLES: &str = "
create table idempotency (
    organization_id {uuid} not null,
    idempotency_key text not null,
    request_digest {bytes} not null,
    status {small} not null,
    body text not null,
    at {number} not null,
    constraint idempotency_unique_idempotency_key primary key (organization_id, idempotency_key)
){table};

create index idempotency_by_at on idempotency (at);
";
