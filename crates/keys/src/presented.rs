use model::{Key, KeyId, KeyKind};
use subtle::ConstantTimeEq;

use crate::NotAToken;
use crate::token::{CHECKSUM_LENGTH, ID_LENGTH, PREFIX, TOKEN_LENGTH, checksum, hash};

/// A well-formed token that someone showed, reduced to what it takes to recognize it. The text itself is not kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Presented {
    kind: KeyKind,
    id: KeyId,
    hash: [u8; 32],
}

impl Presented {
    /// Reads a token. Refuses before any hashing, any look-up and any allocation whatever is not one.
    ///
    /// The text is taken as it is: no trimming, no other case.
    pub fn parse(text: &str) -> Result<Self, NotAToken> {
        if text.len() != TOKEN_LENGTH {
            return Err(NotAToken::Length);
        }
        let rest = text.strip_prefix(PREFIX).ok_or(NotAToken::Prefix)?;
        let (letters, body) = rest.split_once('_').ok_or(NotAToken::Kind)?;
        let kind = KeyKind::of(letters).ok_or(NotAToken::Kind)?;
        if !body.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return Err(NotAToken::Alphabet);
        }
        let (before, sum) =
            text.split_at_checked(TOKEN_LENGTH - CHECKSUM_LENGTH).ok_or(NotAToken::Alphabet)?;
        if sum.as_bytes() != checksum(before) {
            return Err(NotAToken::Checksum);
        }
        let id = body.get(..ID_LENGTH).and_then(|id| id.parse().ok()).ok_or(NotAToken::Alphabet)?;
        Ok(Self { kind, id, hash: hash(text) })
    }

    /// The kind of key it says it is.
    pub fn kind(&self) -> KeyKind {
        self.kind
    }

    /// The public part, to find the key by.
    pub fn id(&self) -> KeyId {
        self.id
    }

    /// SHA-256 of the whole token.
    pub fn hash(&self) -> [u8; 32] {
        self.hash
    }

    /// Whether this is that key's token. Says nothing about whether the key still counts: see
    /// [`crate::recognize`].
    ///
    /// The hashes are compared in constant time. Kind and id, which are public, must agree as well: a hash that
    /// someone copied into another row proves nothing there.
    pub fn proves(&self, key: &Key) -> bool {
        let same: bool = self.hash.ct_eq(&key.hash).into();
        same && self.id == key.id && self.kind == key.holder.key_kind()
    }
}
