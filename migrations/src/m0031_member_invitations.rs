//! Invitations of people, letters that wait to be sent, and slugs that are never given again.

crate::dialect::migration!("0031_member_invitations", TABLES);

/// A letter is written in the transaction that gives cause for it, so a crash loses none; its text is sealed, because
/// it holds a secret. `retired_slugs` is no organization's: gateways and scripts somewhere still name the slug of one
/// that is gone, and must never reach another tenant by it.
const TABLES: &str = "
create table member_invitations (
    organization_id {uuid} not null,
    id {uuid} not null,
    email text,
    role text not null,
    places text not null,
    invited_by {uuid} not null,
    created_at {number} not null,
    ends_at {number} not null,
    hash {bytes} not null,
    state text not null,
    state_detail text,
    constraint member_invitations_unique_id primary key (organization_id, id),
    constraint member_invitations_head foreign key (organization_id)
        references organization_heads (organization_id) deferrable initially deferred
){table};

create table letters (
    organization_id {uuid} not null,
    id {uuid} not null,
    sealed {bytes} not null,
    tries {number} not null,
    due_at {number} not null,
    constraint letters_unique_id primary key (organization_id, id),
    constraint letters_head foreign key (organization_id)
        references organization_heads (organization_id) deferrable initially deferred
){table};

create index letters_by_due_at on letters (due_at);

create table retired_slugs (
    slug text not null,
    constraint retired_slugs_unique_slug primary key (slug)
){table};
";
