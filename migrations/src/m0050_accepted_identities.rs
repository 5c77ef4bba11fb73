//! Accounts of other organizations' providers by which people come in, those that they ask for, and what a session
//! came in as.

crate::dialect::migration!("0050_accepted_identities", TABLES);

/// An account is one person's, so it stands once in an organization. A request is no fact: it opens nothing, and whoever
/// makes it is nobody yet to the organization that it is made to. `voucher` is the SHA-256 of the account and of what
/// vouched for it; a session from before that was kept has none.
const TABLES: &str = "
create table accepted_identities (
    organization_id {uuid} not null,
    id {uuid} not null,
    user_id {uuid} not null,
    connection_id {uuid} not null,
    issuer text not null,
    subject text not null,
    voucher {bytes} not null,
    accepted_by {uuid} not null,
    accepted_at {number} not null,
    constraint accepted_identities_unique_id primary key (organization_id, id),
    constraint accepted_identities_unique_subject unique (organization_id, connection_id, issuer, subject),
    constraint accepted_identities_user foreign key (organization_id, user_id)
        references organization_users (organization_id, user_id) deferrable initially deferred
){table};

create table identity_requests (
    organization_id {uuid} not null,
    id {uuid} not null,
    user_id {uuid} not null,
    connection_id {uuid} not null,
    issuer text not null,
    subject text not null,
    voucher {bytes} not null,
    asked_at {number} not null,
    constraint identity_requests_unique_id primary key (organization_id, id),
    constraint identity_requests_unique_subject unique (organization_id, connection_id, issuer, subject),
    constraint identity_requests_user foreign key (organization_id, user_id)
        references organization_users (organization_id, user_id) deferrable initially deferred
){table};

create index identity_requests_by_user on identity_requests (organization_id, user_id);

alter table sessions add column voucher {bytes};

alter table member_invitations add column accepts_identity {flag} not null default false;
";
