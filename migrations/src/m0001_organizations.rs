//! Organizations, the people known to them, and their memberships.

crate::dialect::migration!("0001_organizations", TABLES);

/// `organization_heads` is the row that a writing transaction locks: its revision is the number of transactions.
/// `users` is the person, the same everywhere; `organization_users` is what one organization knows of them, so that
/// no organization's edit shows in another.
const TABLES: &str = "
create table organization_heads (
    organization_id {uuid} not null,
    slug text not null,
    revision {number} not null,
    constraint organization_heads_unique_organization primary key (organization_id),
    constraint organization_heads_unique_slug unique (slug)
){table};

create table organizations (
    organization_id {uuid} not null,
    slug text not null,
    name text not null,
    state text not null,
    state_detail text,
    stop text not null,
    stop_detail text,
    constraint organizations_unique_organization primary key (organization_id),
    constraint organizations_head foreign key (organization_id)
        references organization_heads (organization_id) deferrable initially deferred
){table};

create table users (
    id {uuid} not null,
    name text not null,
    email text,
    constraint users_unique_id primary key (id)
){table};

create table organization_users (
    organization_id {uuid} not null,
    user_id {uuid} not null,
    name text not null,
    email text,
    constraint organization_users_unique_user primary key (organization_id, user_id),
    constraint organization_users_head foreign key (organization_id)
        references organization_heads (organization_id) deferrable initially deferred,
    constraint organization_users_user foreign key (user_id)
        references users (id) deferrable initially deferred
){table};

create index organization_users_by_user on organization_users (user_id);

create table organization_memberships (
    organization_id {uuid} not null,
    user_id {uuid} not null,
    role text not null,
    state text not null,
    state_detail text,
    constraint organization_memberships_unique_user primary key (organization_id, user_id),
    constraint organization_memberships_user foreign key (organization_id, user_id)
        references organization_users (organization_id, user_id) deferrable initially deferred
){table};
";
