use std::fmt;
use std::sync::Arc;

use model::OrganizationId;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::cipher::{self, Bytes, NONCE_BYTES};
use crate::StoreError;

/// How much of a key's digest names it: enough to tell the few keys of a file apart, and useless for finding the key.
const NAME_BYTES: usize = 8;

/// Where random bytes come from.
type Chance = Arc<dyn Fn(&mut [u8]) + Send + Sync>;

/// The key-encryption keys, and where chance comes from. The first key wraps; all of them unwrap.
#[derive(Clone)]
pub struct Secrets {
    keys: Vec<Named>,
    chance: Chance,
}

#[derive(Clone)]
struct Named {
    name: String,
    key: Bytes,
}

/// Why a text holds no key-encryption keys. It never shows what is in the text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SecretsError {
    /// No line holds a key.
    #[error("there is no key in it; a line of 64 hexadecimal digits is one (`openssl rand -hex 32`)")]
    Empty,
    /// A line that is neither a key nor a comment.
    #[error(
        "line {0} is no key; expected 64 hexadecimal digits (`openssl rand -hex 32`) or a comment with `#`"
    )]
    Line(usize),
}

impl Secrets {
    /// Reads the contents of a key file: a key on a line, 64 hexadecimal digits, the one in use first and retired
    /// ones after it.
    pub fn parse(text: &str, chance: Chance) -> Result<Self, SecretsError> {
        let mut keys = Vec::new();
        for (number, line) in (1..).zip(text.lines()) {
            let line = line.trim();
            if !line.is_empty() && !line.starts_with('#') {
                keys.push(Named::of(line).ok_or(SecretsError::Line(number))?);
            }
        }
        if keys.is_empty() { Err(SecretsError::Empty) } else { Ok(Self { keys, chance }) }
    }

    /// The line of a new key file.
    pub fn new_key(chance: impl Fn(&mut [u8])) -> Zeroizing<String> {
        let mut key = Bytes::default();
        chance(key.as_mut_slice());
        let mut line = Zeroizing::new(String::with_capacity(65));
        hexadecimal(key.as_slice(), &mut line);
        line.push('\n');
        line
    }

    /// The name of the key that wraps.
    pub(super) fn active(&self) -> &str {
        self.keys.first().map_or("", |named| named.name.as_str())
    }

    pub(super) fn nonce(&self) -> [u8; NONCE_BYTES] {
        let mut nonce = [0; NONCE_BYTES];
        (self.chance)(&mut nonce);
        nonce
    }

    /// A new data key.
    pub(super) fn draw(&self) -> Bytes {
        let mut key = Bytes::default();
        (self.chance)(key.as_mut_slice());
        key
    }

    pub(super) fn wrap(&self, organization: OrganizationId, key: &Bytes) -> Result<Vec<u8>, StoreError> {
        let active = self.keys.first().ok_or(StoreError::Sealed("no key-encryption key was given"))?;
        cipher::encrypt(&active.key, &self.nonce(), &bound(organization), key.as_slice())
    }

    pub(super) fn unwrap(
        &self,
        organization: OrganizationId,
        wrapped_by: &str,
        wrapped: &[u8],
    ) -> Result<Bytes, StoreError> {
        let named = self.keys.iter().find(|named| named.name == wrapped_by);
        let named = named.ok_or(StoreError::Sealed(
            "the key-encryption key that wrapped the data key is not in the key file",
        ))?;
        let key = cipher::decrypt(&named.key, &bound(organization), wrapped)?;
        let key = <[u8; 32]>::try_from(key.as_slice());
        key.map(Zeroizing::new).map_err(|_| StoreError::Sealed("the data key has the wrong length"))
    }
}

/// What a wrapped data key is bound to: it opens for its own organization only.
fn bound(organization: OrganizationId) -> Vec<u8> {
    [b"answerable data key 1 ".as_slice(), organization.uuid().as_bytes()].concat()
}

fn hexadecimal(bytes: &[u8], text: &mut String) {
    use fmt::Write;
    for byte in bytes {
        // Writing into a string does not fail.
        let _written = write!(text, "{byte:02x}");
    }
}

impl Named {
    fn of(line: &str) -> Option<Self> {
        let mut key = Bytes::default();
        if line.len() != 2 * key.len() || !line.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        for (at, byte) in key.iter_mut().enumerate() {
            *byte = u8::from_str_radix(line.get(2 * at..2 * at + 2)?, 16).ok()?;
        }
        let digest = Sha256::digest(key.as_slice());
        let mut name = String::new();
        hexadecimal(digest.get(..NAME_BYTES)?, &mut name);
        Some(Self { name, key })
    }
}

impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.keys.iter().map(|named| named.name.as_str()).collect();
        f.debug_struct("Secrets").field("keys", &names).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{Secrets, SecretsError};

    fn parse(text: &str) -> Result<Vec<String>, SecretsError> {
        let secrets = Secrets::parse(text, Arc::new(|bytes| bytes.fill(7)));
        secrets.map(|secrets| secrets.keys.into_iter().map(|named| named.name).collect())
    }

    #[test]
    fn a_key_file_has_a_key_on_a_line() {
        let (one, two) = ("1f".repeat(32), "e0".repeat(32));
        assert_eq!(parse(&format!("# ours\n\n{one}\n  {two}  \n")).map(|names| names.len()), Ok(2));
        assert_eq!(parse("# nothing\n"), Err(SecretsError::Empty));
        assert_eq!(parse(&format!("{one}\n{two}00\n")), Err(SecretsError::Line(2)));
        assert_eq!(parse(&"é".repeat(32)), Err(SecretsError::Line(1)));
        assert!(parse(&Secrets::new_key(|bytes| bytes.fill(9))).is_ok());
    }

    #[test]
    fn no_key_is_shown() {
        let one = "1f".repeat(32);
        let shown = format!("{:?}", Secrets::parse(&one, Arc::new(|bytes| bytes.fill(7))));
        assert!(!shown.contains(&one), "{shown}");
    }
}
