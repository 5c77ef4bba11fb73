//! Signed-in browsers, and the one-time links that sign one in. They belong to people, who are nobody's tenant, and no
//! decision rests on them, so no change records them.

crate::dialect::migration!("0014_sessions", TABLES);

/// Of a token, only its SHA-256 is kept: 256 random bits need no slower hash. `csrf` is the other half of a form's
/// proof, worth nothing without the cookie. `connection_id` is the way in, `honoured_by` the organization that it
/// leads to, or the one that lets this local sign-in in whatever else it demands.
const TABLES: &str = "
create table sessions (
    id {uuid} not null,
    token_hash {bytes} not null,
    csrf {bytes} not null,
    user_id {uuid} not null,
    connection_id {uuid},
    honoured_by {uuid},
    proof text not null,
    amr text not null,
    acr text,
    authenticated_at {number} not null,
    created_at {number} not null,
    last_seen_at {number} not null,
    ends_at {number} not null,
    provider_session text,
    user_agent text,
    address text,
    constraint sessions_unique_id primary key (id),
    constraint sessions_unique_token_hash unique (token_hash),
    constraint sessions_user foreign key (user_id)
        references users (id) deferrable initially deferred
){table};

create index sessions_by_user on sessions (user_id);

create index sessions_by_connection on sessions (connection_id, provider_session);

create index sessions_by_end on sessions (ends_at);

create table sign_in_links (
    token_hash {bytes} not null,
    user_id {uuid} not null,
    honoured_by {uuid},
    ends_at {number} not null,
    used_at {number},
    constraint sign_in_links_unique_token_hash primary key (token_hash),
    constraint sign_in_links_user foreign key (user_id)
        references users (id) deferrable initially deferred
){table};

create index sign_in_links_by_end on sign_in_links (ends_at);

create index organization_memberships_by_user on organization_memberships (user_id);
";
