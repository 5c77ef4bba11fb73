//! Versions of resources, for `ETag` and `If-Match`.

use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use super::error::{ScimError, changed_meanwhile};

/// The version of a resource: 16 hexadecimal digits of the SHA-256 of what the directory can set of it. The same on every
/// node, without a column. Weak, because what is shown beside it may change without it.
pub(crate) fn version_of(resource: &Map<String, Value>) -> String {
    let digest = Sha256::digest(serde_json::to_vec(resource).unwrap_or_default());
    let first = digest.iter().take(8).fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
    format!("W/\"{first:016x}\"")
}

/// Whether a version is among those of an `If-Match` or `If-None-Match`.
pub(crate) fn is_among(header: &str, version: &str) -> bool {
    let plain = |text: &str| text.trim().trim_start_matches("W/").trim_matches('"').to_owned();
    header.trim() == "*" || header.split(',').any(|one| plain(one) == plain(version))
}

/// Refuses a change that was made on another version.
pub(crate) fn still(if_match: Option<&str>, resource: &Map<String, Value>) -> Result<(), ScimError> {
    match if_match {
        Some(header) if !is_among(header, &version_of(resource)) => Err(changed_meanwhile()),
        _ => Ok(()),
    }
}
