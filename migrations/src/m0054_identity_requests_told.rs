//! Of whom it was told that they ask to come in by another organization's provider.

crate::dialect::migration!("0054_identity_requests_told", TABLES);

/// No fact, and not in the request: that one is gone when it is declined, and whoever asks anew is not told of anew that
/// soon.
const TABLES: &str = "
create table identity_requests_told (
    organization_id {uuid} not null,
    user_id {uuid} not null,
    told_at {number} not null,
    constraint identity_requests_told_unique_user primary key (organization_id, user_id)
){table};
";
