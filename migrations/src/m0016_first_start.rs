//! Links by which whoever started the program sets up its first organization.

crate::dialect::migration!("0016_first_start", TABLES);

/// Kept by the hash of their secrets. The table is empty once there is an organization.
const TABLES: &str = "
create table first_start (
    token_hash {bytes} not null,
    ends_at {number} not null,
    constraint first_start_unique_token_hash primary key (token_hash)
){table};
";
