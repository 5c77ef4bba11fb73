use model::Fact;
use sha2::{Digest, Sha256};

/// The version of a fact, for edits that say which version they were made on: 16 hexadecimal digits of the SHA-256 of
/// its JSON. The same fact always has the same version, on every node, and no column has to be kept for it.
pub fn version_of(fact: &Fact) -> String {
    let text = serde_json::to_vec(fact).unwrap_or_default();
    let digest = Sha256::digest(text);
    let first = digest.iter().take(8).fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
    format!("{first:016x}")
}
