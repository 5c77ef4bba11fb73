//! How a secret gets from the request that made it to the page that shows it, once.

use std::fmt;
use std::str::FromStr;

use aes_gcm::aead::{Aead, Payload};
use aes_gcm::{Aes256Gcm, KeyInit, Nonce};
use model::Entropy;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::base62;

/// Characters of a slip: 32 bytes, fixed width.
const LENGTH: usize = 43;

/// A ticket for looking once at something that was sealed under it.
///
/// Whoever makes a key is sent on to another page, so that reloading does not make another key. Between the two
/// requests the secret waits, sealed under this slip, which only the person's browser has: what is kept with it is a
/// hash. A copy of the database opens nothing.
pub struct Slip(Zeroizing<String>);

/// A text that is no slip, or one that does not open what it is tried on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SlipError {
    /// Not 43 digits and letters.
    #[error("not a slip")]
    NotASlip,
    /// Sealed under another slip, for another purpose, or changed since.
    #[error("sealed under another slip")]
    Other,
}

impl Slip {
    /// Draws a new one from the chance that is passed in.
    pub fn draw(entropy: &mut dyn Entropy) -> Self {
        let mut bytes = Zeroizing::new([0_u8; 32]);
        entropy.fill(bytes.as_mut_slice());
        let text = base62::fixed::<LENGTH>(bytes.as_mut_slice());
        Self(Zeroizing::new(text.into_iter().map(char::from).collect()))
    }

    /// The text of it, for the browser that is to come back with it.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// What is kept of it, to find by: a hash that opens nothing.
    pub fn id(&self) -> [u8; 32] {
        self.derive("id")
    }

    /// Seals a text. `purpose` has to be the same to open it.
    pub fn seal(&self, purpose: &str, text: &str) -> Result<Vec<u8>, SlipError> {
        let payload = Payload { msg: text.as_bytes(), aad: purpose.as_bytes() };
        self.cipher().encrypt(&Nonce::default(), payload).map_err(|_| SlipError::Other)
    }

    /// Opens what was sealed under it.
    pub fn open(&self, purpose: &str, sealed: &[u8]) -> Result<Zeroizing<String>, SlipError> {
        let payload = Payload { msg: sealed, aad: purpose.as_bytes() };
        let bytes = self.cipher().decrypt(&Nonce::default(), payload).map_err(|_| SlipError::Other)?;
        String::from_utf8(bytes).map(Zeroizing::new).map_err(|_| SlipError::Other)
    }

    /// One slip seals one text, so its key is used once and the nonce may be constant.
    fn cipher(&self) -> Aes256Gcm {
        Aes256Gcm::new(&Zeroizing::new(self.derive("key")).as_slice().try_into().unwrap_or_default())
    }

    fn derive(&self, what: &str) -> [u8; 32] {
        let mut digest = Sha256::new();
        digest.update(b"answerable slip ");
        digest.update(what);
        digest.update(b" ");
        digest.update(self.0.as_bytes());
        digest.finalize().into()
    }
}

impl FromStr for Slip {
    type Err = SlipError;

    fn from_str(text: &str) -> Result<Self, SlipError> {
        let is_one = text.len() == LENGTH && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if is_one { Ok(Self(Zeroizing::new(text.to_owned()))) } else { Err(SlipError::NotASlip) }
    }
}

impl fmt::Debug for Slip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Slip(…)")
    }
}
