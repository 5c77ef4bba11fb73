//! When people were last in an organization, and how they came in.

crate::dialect::migration!("0048_presence", TABLES);

/// No facts: sessions end and are forgotten, and whoever administers wants to know who was not here for months.
const TABLES: &str = "
create table presence (
    organization_id {uuid} not null,
    user_id {uuid} not null,
    last_seen_at {number} not null,
    proof text not null,
    constraint presence_unique_user primary key (organization_id, user_id)
){table};
";
