//! Every edit of every fact, numbered: what nodes replay, what auditors read, what any past state is rebuilt from.

crate::dialect::migration!("0008_changes", TABLES);

/// The one index beside the key answers \"what did this person or principal change\"; other filters read backwards
/// from the newest change, which is the order people ask in.
const TABLES: &str = "
create table changes (
    organization_id {uuid} not null,
    revision {number} not null,
    position {small} not null,
    at {number} not null,
    action text not null,
    actor_kind text,
    actor_id {uuid},
    owner_id {uuid},
    key_id text,
    kind text not null,
    target text not null,
    decision_id {uuid},
    before text,
    after text,
    constraint changes_unique_position primary key (organization_id, revision, position),
    constraint changes_head foreign key (organization_id)
        references organization_heads (organization_id) deferrable initially deferred
){table};

create index changes_by_target on changes (organization_id, kind, target, revision);
";
