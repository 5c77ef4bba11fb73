use std::fmt;

use model::{Entropy, KeyId, KeyKind};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::base62;

/// THE PREFIX NEVER CHANGES AND NO TENANT CHOOSES IT: secret scanners, proxies' log filters and the rule that we
/// ship for them find a leaked key only by these characters.
pub(crate) const PREFIX: &str = "ans_";
/// Characters of the public id.
pub(crate) const ID_LENGTH: usize = 12;
/// Characters of the secret: 32 bytes, fixed width.
const SECRET_LENGTH: usize = 43;
/// Characters of the checksum: 4 bytes, fixed width.
pub(crate) const CHECKSUM_LENGTH: usize = 6;
/// Characters, and bytes, of a whole token: `ans_`, two letters, `_`, id, secret, checksum.
pub const TOKEN_LENGTH: usize = PREFIX.len() + 3 + ID_LENGTH + SECRET_LENGTH + CHECKSUM_LENGTH;

/// The plaintext of a new key. Shown once, kept nowhere.
///
/// Its memory is wiped when it goes. It has no `Display`, no `Clone` and no serialization, and `Debug` shows only
/// the public id, so that it leaves through [`Token::expose`] and no other way.
pub struct Token {
    kind: KeyKind,
    id: KeyId,
    text: Zeroizing<String>,
}

impl Token {
    /// Makes a new token from the chance that is passed in: 12 characters of id, then 32 bytes of secret.
    pub fn mint(kind: KeyKind, entropy: &mut dyn Entropy) -> Self {
        let id = draw_id(entropy);
        let mut secret = Zeroizing::new([0_u8; 32]);
        entropy.fill(secret.as_mut_slice());
        let secret = Zeroizing::new(base62::fixed::<SECRET_LENGTH>(secret.as_mut_slice()));
        Self { kind, id, text: assemble(kind, id, &secret) }
    }

    /// The whole secret text. Show it to its maker, once.
    pub fn expose(&self) -> &str {
        &self.text
    }

    /// The kind of key it is.
    pub fn kind(&self) -> KeyKind {
        self.kind
    }

    /// Its public part.
    pub fn id(&self) -> KeyId {
        self.id
    }

    /// SHA-256 of the whole text: what is kept of it. A plain hash is enough, since 256 random bits cannot be
    /// guessed (ASVS 6.5.2).
    pub fn hash(&self) -> [u8; 32] {
        hash(&self.text)
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&public_id(self.kind, self.id))
    }
}

/// What logs and pages show of a key: `ans_ak_<id>`.
pub fn public_id(kind: KeyKind, id: KeyId) -> String {
    format!("{PREFIX}{}_{id}", kind.as_str())
}

/// CRC-32 (IEEE) of a text as six characters. It finds typing errors and made-up tokens without any I/O; it
/// proves nothing.
pub(crate) fn checksum(text: &str) -> [u8; CHECKSUM_LENGTH] {
    base62::fixed(&mut crc32fast::hash(text.as_bytes()).to_be_bytes())
}

/// SHA-256 of a whole token.
pub(crate) fn hash(text: &str) -> [u8; 32] {
    Sha256::digest(text.as_bytes()).into()
}

/// The buffer is as long as the token from the start: a string that grew would leave copies behind unwiped.
fn assemble(kind: KeyKind, id: KeyId, secret: &[u8; SECRET_LENGTH]) -> Zeroizing<String> {
    let mut text = Zeroizing::new(String::with_capacity(TOKEN_LENGTH));
    text.push_str(PREFIX);
    text.push_str(kind.as_str());
    text.push('_');
    text.push_str(id.as_str());
    text.extend(secret.iter().copied().map(char::from));
    let checksum = checksum(&text);
    text.extend(checksum.into_iter().map(char::from));
    text
}

/// Twelve base62 characters are always an id; the loop only saves a panic that could never happen.
fn draw_id(entropy: &mut dyn Entropy) -> KeyId {
    loop {
        let drawn = base62::draw::<ID_LENGTH>(entropy);
        if let Some(id) = std::str::from_utf8(&drawn).ok().and_then(|text| text.parse().ok()) {
            return id;
        }
    }
}
