//! `[secrets]`: the key under which the secrets at rest are kept.

use std::path::PathBuf;

use crate::reader::Reader;

/// Settings of secrets at rest.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Secrets {
    /// `ANSWERABLE_SECRETS__KEY_FILE`, the path of the file with the key-encryption keys: 64 hexadecimal digits on a
    /// line, the one in use first. Default empty: on SQLite a file `answerable.key` beside the database, made at the
    /// first start; on PostgreSQL it has to be given, because a key made by one node would be missing on the next.
    pub key_file: Option<PathBuf>,
}

impl Secrets {
    pub(crate) fn read(reader: &mut Reader<'_>) -> Self {
        let key_file = reader.read(("secrets", "key_file"), None, "the path of a file", |text| {
            let is_path = !text.contains('\0') && !text.contains("://");
            is_path.then(|| Some(text.trim()).filter(|text| !text.is_empty()).map(PathBuf::from))
        });
        Self { key_file }
    }
}
