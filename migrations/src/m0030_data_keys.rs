//! A key of its own for each organization's secrets.

crate::dialect::migration!("0030_data_keys", TABLES);

/// `wrapped` is the data key under the key-encryption key of that name, which the database never sees. Destroying the
/// row destroys every secret of the organization, in backups of other tables too.
const TABLES: &str = "
create table data_keys (
    organization_id {uuid} not null,
    wrapped {bytes} not null,
    wrapped_by text not null,
    constraint data_keys_unique_organization primary key (organization_id)
){table};
";
