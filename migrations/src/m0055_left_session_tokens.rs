//! What a provider gave with a sign-in outlives its session, until the provider was told that it counts no more.

crate::dialect::migration!("0055_left_session_tokens", TABLES);

/// A row whose session is gone is what is left to be told. Sessions end in many places, some of which know nothing of this
/// table: so no deletion has to be followed, and none can be forgotten.
///
/// Whose it was and by which connection they came is told by the session as long as it is there, and by the row after it.
/// A node of before writes a row without it, whose token is forgotten then as it was before. `SQLite` cannot let go of a
/// reference, so the table is made anew there; on `PostgreSQL` the owner looks past the policies for one statement.
const TABLES: &str = "
{postgres}alter table session_tokens drop constraint session_tokens_session;
{postgres}alter table session_tokens add column user_id uuid, add column connection_id uuid;
{postgres}alter table session_tokens no force row level security;
{postgres}update session_tokens t set user_id = s.user_id, connection_id = s.connection_id
    from sessions s where s.id = t.session_id;
{postgres}alter table session_tokens force row level security;
{sqlite}alter table session_tokens rename to session_tokens_before;
{sqlite}create table session_tokens (
    organization_id blob not null,
    session_id blob not null,
    identity blob not null,
    refresh blob,
    asked_at integer not null,
    not_before integer not null,
    failures integer not null,
    user_id blob,
    connection_id blob,
    constraint session_tokens_unique_session primary key (organization_id, session_id)
) strict;
{sqlite}insert into session_tokens select t.*, s.user_id, s.connection_id
    from session_tokens_before t join sessions s on s.id = t.session_id;
{sqlite}drop table session_tokens_before;
{sqlite}create index session_tokens_by_session on session_tokens (session_id);
{sqlite}create index session_tokens_by_asked_at on session_tokens (asked_at);
";
