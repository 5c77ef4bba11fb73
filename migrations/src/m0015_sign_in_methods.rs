//! How people prove on this installation itself who they are, and what holds back those who guess. A person's, like
//! their sessions, and beside the facts for the same reason.

crate::dialect::migration!("0015_sign_in_methods", TABLES);

/// `seed` is sealed, codes are kept by their SHA-256 (128 random bits), passwords by argon2id. `last_step` is the
/// moment of the last one-time code that was taken, so that none is taken twice. `attempts` are those that failed or
/// are under way. `break_glass` names who may come in past an organization's own provider.
const TABLES: &str = "
create table accounts (
    user_id {uuid} not null,
    login text not null,
    password text not null,
    changed_at {number} not null,
    constraint accounts_unique_user primary key (user_id),
    constraint accounts_unique_login unique (login),
    constraint accounts_user foreign key (user_id)
        references users (id) deferrable initially deferred
){table};

create table totp (
    user_id {uuid} not null,
    seed {bytes} not null,
    confirmed {flag} not null,
    last_step {number} not null,
    constraint totp_unique_user primary key (user_id),
    constraint totp_user foreign key (user_id)
        references users (id) deferrable initially deferred
){table};

create table recovery_codes (
    user_id {uuid} not null,
    code_hash {bytes} not null,
    used_at {number},
    constraint recovery_codes_unique_code_hash primary key (user_id, code_hash),
    constraint recovery_codes_user foreign key (user_id)
        references users (id) deferrable initially deferred
){table};

create table passkeys (
    id {uuid} not null,
    user_id {uuid} not null,
    credential_id {bytes} not null,
    name text not null,
    passkey text not null,
    created_at {number} not null,
    last_used_at {number},
    constraint passkeys_unique_id primary key (id),
    constraint passkeys_unique_credential unique (credential_id),
    constraint passkeys_user foreign key (user_id)
        references users (id) deferrable initially deferred
){table};

create index passkeys_by_user on passkeys (user_id);

create table passkey_ceremonies (
    token_hash {bytes} not null,
    user_id {uuid},
    state text not null,
    ends_at {number} not null,
    constraint passkey_ceremonies_unique_token_hash primary key (token_hash)
){table};

create index passkey_ceremonies_by_end on passkey_ceremonies (ends_at);

create table sign_in_attempts (
    id {uuid} not null,
    account_hash {bytes} not null,
    address text not null,
    at {number} not null,
    constraint sign_in_attempts_unique_id primary key (id)
){table};

create index sign_in_attempts_by_account on sign_in_attempts (account_hash, address, at);

create index sign_in_attempts_by_at on sign_in_attempts (at);

create table break_glass (
    organization_id {uuid} not null,
    user_id {uuid} not null,
    at {number} not null,
    constraint break_glass_unique_user primary key (organization_id, user_id),
    constraint break_glass_user foreign key (organization_id, user_id)
        references organization_users (organization_id, user_id) deferrable initially deferred
){table};

create index break_glass_by_user on break_glass (user_id);
";
