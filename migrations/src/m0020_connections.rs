//! Ways in through identity providers, and domains of mail addresses.

crate::dialect::migration!("0020_connections", TABLES);

/// `proven_domains` and `connection_homes` lead to an organization, as slugs and the ids of keys do, and hold nothing
/// else. A proven domain is one organization's on the whole installation: two that both proved it could send each
/// other's people to their own provider. A claim is only a note, and as many may make one as like.
const TABLES: &str = "
create table connections (
    organization_id {uuid} not null,
    id {uuid} not null,
    name text not null,
    issuer text not null,
    terms text not null,
    state text not null,
    state_detail text,
    proposal text,
    created_at {number} not null,
    constraint connections_unique_id primary key (organization_id, id),
    constraint connections_head foreign key (organization_id)
        references organization_heads (organization_id) deferrable initially deferred
){table};

create table connection_secrets (
    organization_id {uuid} not null,
    id {uuid} not null,
    connection_id {uuid} not null,
    sealed {bytes} not null,
    created_at {number} not null,
    constraint connection_secrets_unique_id primary key (organization_id, id),
    constraint connection_secrets_head foreign key (organization_id)
        references organization_heads (organization_id) deferrable initially deferred
){table};

create table domains (
    organization_id {uuid} not null,
    id {uuid} not null,
    name text not null,
    challenge text not null,
    state text not null,
    state_detail text,
    created_at {number} not null,
    constraint domains_unique_id primary key (organization_id, id),
    constraint domains_unique_name unique (organization_id, name),
    constraint domains_head foreign key (organization_id)
        references organization_heads (organization_id) deferrable initially deferred
){table};

create table proven_domains (
    name text not null,
    organization_id {uuid} not null,
    domain_id {uuid} not null,
    constraint proven_domains_unique_name primary key (name)
){table};

create index proven_domains_by_domain on proven_domains (organization_id, domain_id);

create table connection_homes (
    connection_id {uuid} not null,
    organization_id {uuid} not null,
    constraint connection_homes_unique_connection primary key (connection_id)
){table};
";
