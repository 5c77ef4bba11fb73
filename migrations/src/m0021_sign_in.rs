//! Who somebody is to a provider, what is under way, and what was seen: what signing in works with, and no fact.

crate::dialect::migration!("0021_sign_in", TABLES);

/// An identity is (connection, issuer, subject), and never an address (security.md S1). `seen_tokens` keeps the ids of
/// logout tokens until they have expired, so that one counts once.
const TABLES: &str = "
create table identities (
    organization_id {uuid} not null,
    connection_id {uuid} not null,
    issuer text not null,
    subject text not null,
    user_id {uuid} not null,
    address text,
    created_at {number} not null,
    last_used_at {number} not null,
    constraint identities_unique_subject primary key (organization_id, connection_id, issuer, subject),
    constraint identities_head foreign key (organization_id)
        references organization_heads (organization_id) deferrable initially deferred
){table};

create index identities_by_user on identities (organization_id, user_id);

create table sign_in_flows (
    organization_id {uuid} not null,
    state_hash {bytes} not null,
    browser_hash {bytes} not null,
    connection_id {uuid} not null,
    purpose text not null,
    nonce text not null,
    verifier text not null,
    next text not null,
    session_id {uuid},
    expires_at {number} not null,
    constraint sign_in_flows_unique_state_hash primary key (organization_id, state_hash),
    constraint sign_in_flows_head foreign key (organization_id)
        references organization_heads (organization_id) deferrable initially deferred
){table};

create index sign_in_flows_by_expires_at on sign_in_flows (expires_at);

create table seen_tokens (
    organization_id {uuid} not null,
    connection_id {uuid} not null,
    token text not null,
    expires_at {number} not null,
    constraint seen_tokens_unique_token primary key (organization_id, connection_id, token),
    constraint seen_tokens_head foreign key (organization_id)
        references organization_heads (organization_id) deferrable initially deferred
){table};

create index seen_tokens_by_expires_at on seen_tokens (expires_at);

create table domain_checks (
    organization_id {uuid} not null,
    domain_id {uuid} not null,
    checked_at {number} not null,
    missing_since {number},
    constraint domain_checks_unique_domain primary key (organization_id, domain_id),
    constraint domain_checks_head foreign key (organization_id)
        references organization_heads (organization_id) deferrable initially deferred
){table};

create table setup_links (
    organization_id {uuid} not null,
    token_hash {bytes} not null,
    connection_id {uuid} not null,
    created_by {uuid} not null,
    expires_at {number} not null,
    constraint setup_links_unique_token_hash primary key (organization_id, token_hash),
    constraint setup_links_head foreign key (organization_id)
        references organization_heads (organization_id) deferrable initially deferred
){table};
";
