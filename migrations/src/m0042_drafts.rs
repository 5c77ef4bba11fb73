//! What somebody has begun to fill in, page by page.

crate::dialect::migration!("0042_drafts", TABLES);

/// No facts and no secrets: what was typed, for the person who typed it. The index serves the forgetting.
const TABLES: &str = "
create table drafts (
    organization_id {uuid} not null,
    id {uuid} not null,
    user_id {uuid} not null,
    body text not null,
    at {number} not null,
    constraint drafts_unique_id primary key (organization_id, id)
){table};

create index drafts_by_at on drafts (at);
";
