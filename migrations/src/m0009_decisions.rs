//! The evidence: every answer, with both principals, as they were called at the time.

crate::dialect::migration!("0009_decisions", TABLES);

/// No references: evidence is never refused because something else changed. No join either: each row answers alone.
///
/// Each index costs every recorded call, and most one that is not in the order of time: with a thousand agents at work,
/// every record of a commit falls on a page of its own, and each page is written whole. So all are in that order:
/// - `stamp` shows a lost record as a gap, and a doubled one as a refusal. Zero is \"not numbered\";
/// - `at` is the order in which people read, and every time window. It carries who acted, who answers for it and by
///   which key, so that \"everything attributable to this person this week\" and \"what was done with this leaked key\"
///   read only this index, some ten million entries a second, and then the rows that match. It also gives the exact
///   count of a key's uses after a crash, where a counter would be one row that every node fights over;
/// - `run` only where there is one; a run's calls are near each other in time.
const TABLES: &str = "
create table decisions (
    organization_id {uuid} not null,
    id {uuid} not null,
    at {number} not null,
    revision {number} not null,
    node text not null,
    epoch {number} not null,
    sequence {number} not null,
    verdict text not null,
    reason text not null,
    public_reason text not null,
    action text not null,
    actor_kind text,
    actor_id {uuid},
    actor_name text,
    owner_id {uuid},
    owner_name text,
    on_behalf_of_id {uuid},
    on_behalf_of_name text,
    approver_id {uuid},
    instance text,
    originator_id {uuid},
    gateway_id {uuid},
    key_id text,
    workspace_id {uuid},
    workspace_name text,
    server_id {uuid},
    server_name text,
    tool_id {uuid},
    tool_name text,
    target_kind text,
    target_id text,
    arguments_digest {bytes},
    address text,
    run_id {uuid},
    trace_id text,
    span_id text,
    duration_us {number} not null,
    home_organization_id {uuid},
    home_revision {number},
    path text not null,
    obligations text,
    note text,
    constraint decisions_unique_id primary key (organization_id, id)
){table};

create unique index decisions_unique_sequence on decisions (organization_id, node, epoch, sequence)
    where sequence > 0;

create index decisions_by_at on decisions (organization_id, at, id, actor_kind, actor_id, owner_id, key_id);

create index decisions_by_run on decisions (organization_id, run_id) where run_id is not null;
";
