//! Secrets on their way from the request that made them to the page that shows them, once.

crate::dialect::migration!("0040_reveals", TABLES);

/// What is kept of the slip is its hash, and only the slip opens what is sealed: the rows alone open nothing. Shown, or
/// not fetched within minutes, the sealed part goes; that there was something, and when it was shown, stays for a day.
/// The index serves the forgetting.
const TABLES: &str = "
create table reveals (
    organization_id {uuid} not null,
    slip_hash {bytes} not null,
    user_id {uuid} not null,
    made_at {number} not null,
    about text not null,
    sealed {bytes},
    shown_at {number},
    constraint reveals_unique_slip_hash primary key (organization_id, slip_hash)
){table};

create index reveals_by_made_at on reveals (made_at);
";
