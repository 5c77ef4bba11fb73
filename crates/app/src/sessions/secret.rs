use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use model::Entropy;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

/// 256 random bits in text, for a cookie or a link: 43 characters that no URL has to escape.
///
/// Only its hash is kept. A plain SHA-256 is enough, since 256 random bits cannot be guessed (ASVS 6.5.2).
pub struct Secret(Zeroizing<String>);

impl Secret {
    pub(crate) fn draw(entropy: &mut dyn Entropy) -> Self {
        let mut bytes = Zeroizing::new([0; 32]);
        entropy.fill(bytes.as_mut_slice());
        Self(Zeroizing::new(URL_SAFE_NO_PAD.encode(bytes.as_slice())))
    }

    /// The whole text. For the cookie or the link, and for nothing else.
    pub fn expose(&self) -> &str {
        &self.0
    }

    pub(crate) fn hash(&self) -> [u8; 32] {
        hash(&self.0)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// What is kept of a secret.
pub(crate) fn hash(text: &str) -> [u8; 32] {
    Sha256::digest(text.as_bytes()).into()
}

/// Whether a text can be such a secret at all. What cannot is not looked for.
pub(crate) fn is_shaped(text: &str) -> bool {
    text.len() == 43 && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}
