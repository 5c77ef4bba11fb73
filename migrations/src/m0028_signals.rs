//! Streams of signals from identity providers, and which signals have come.

crate::dialect::migration!("0028_signals", TABLES);

/// A stream's id leads to its organization, because the address that a transmitter pushes to names nothing else. Names
/// of signals are kept so that each counts once; the index serves the forgetting.
const TABLES: &str = "
create table signal_streams (
    organization_id {uuid} not null,
    id {uuid} not null,
    name text not null,
    issuer text not null,
    audience text not null,
    jwks_url text not null,
    created_at {number} not null,
    created_by {uuid} not null,
    constraint signal_streams_unique_id primary key (organization_id, id),
    constraint signal_streams_head foreign key (organization_id)
        references organization_heads (organization_id) deferrable initially deferred
){table};

create table signals_seen (
    organization_id {uuid} not null,
    stream_id {uuid} not null,
    name text not null,
    at {number} not null,
    constraint signals_seen_unique_name primary key (organization_id, stream_id, name)
){table};

create index signals_seen_by_at on signals_seen (at);
";
