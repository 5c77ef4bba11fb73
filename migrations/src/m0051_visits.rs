//! Which session came into which organization, and which of them a session opens no more.

crate::dialect::migration!("0051_visits", TABLES);

/// A session may open several organizations. Each sees when it was used there, and not that it was used elsewhere; each
/// may close it for itself, and leaves it to the others: `closed_to` has their ids, each after a space.
const TABLES: &str = "
alter table sessions add column closed_to text not null default '';

create table session_visits (
    organization_id {uuid} not null,
    session_id {uuid} not null,
    last_seen_at {number} not null,
    constraint session_visits_unique_session primary key (organization_id, session_id),
    constraint session_visits_session foreign key (session_id)
        references sessions (id) on delete cascade deferrable initially deferred
){table};

create index session_visits_by_session on session_visits (session_id);
";
