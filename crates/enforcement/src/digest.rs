use serde_json::Value;
use sha2::{Digest, Sha256};

/// SHA-256 of a call's arguments in canonical JSON (RFC 8785): evidence of what was asked, without keeping it.
///
/// Arguments that canonical JSON cannot express (a number beyond a double) are digested in their plain form.
pub fn arguments_digest(arguments: &Value) -> [u8; 32] {
    let canonical =
        serde_json_canonicalizer::to_vec(arguments).unwrap_or_else(|_| arguments.to_string().into_bytes());
    Sha256::digest(canonical).into()
}
