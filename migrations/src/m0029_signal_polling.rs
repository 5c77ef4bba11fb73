//! Streams of signals that are asked for, tokens of those that are sent, and how each stream has fared.

crate::dialect::migration!("0029_signal_polling", TABLES);

/// A stream has either an address to be asked at, or is sent. `push_token_hash` is null for a stream from before there
/// were tokens. A secret is sealed for the very row it stands in; a fact names it by its id. A standing is no fact: it
/// changes with every signal.
const TABLES: &str = "
alter table signal_streams add column poll_url text;

alter table signal_streams add column poll_secret_id {uuid};

alter table signal_streams add column push_token_hash {bytes};

create table signal_stream_secrets (
    organization_id {uuid} not null,
    id {uuid} not null,
    stream_id {uuid} not null,
    sealed {bytes} not null,
    created_at {number} not null,
    constraint signal_stream_secrets_unique_id primary key (organization_id, id)
){table};

create table signal_stream_standings (
    organization_id {uuid} not null,
    stream_id {uuid} not null,
    due_at {number} not null,
    failures {number} not null,
    heard_at {number},
    failed_at {number},
    failure text,
    constraint signal_stream_standings_unique_stream primary key (organization_id, stream_id)
){table};
";
