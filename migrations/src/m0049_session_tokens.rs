//! What a provider gave with a sign-in, kept with the session that it began.

crate::dialect::migration!("0049_session_tokens", TABLES);

/// No facts: they change with every refresh, and end with the session. Both are sealed for the very row and column they
/// stand in. `asked_at` is when the provider last said that the sign-in counts. `not_before` is when it may be asked
/// next where that is later than usual: while one node has the turn, and after a failure.
///
/// `sign_in_flows.address` is what somebody typed, so that a provider that refuses a refresh token is asked once more
/// without their typing it again.
///
/// The reference is to the session alone, which is a person's and no organization's: whatever ends it takes this with
/// it, also what knows nothing of this table.
const TABLES: &str = "
alter table sign_in_flows add column address text;

create table session_tokens (
    organization_id {uuid} not null,
    session_id {uuid} not null,
    identity {bytes} not null,
    refresh {bytes},
    asked_at {number} not null,
    not_before {number} not null,
    failures {number} not null,
    constraint session_tokens_unique_session primary key (organization_id, session_id),
    constraint session_tokens_session foreign key (session_id)
        references sessions (id) on delete cascade deferrable initially deferred
){table};

create index session_tokens_by_session on session_tokens (session_id);

create index session_tokens_by_asked_at on session_tokens (asked_at);
";
