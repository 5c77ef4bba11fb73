use aes_gcm::aead::{Aead, Payload};
use aes_gcm::{Aes256Gcm, KeyInit, Nonce};
use zeroize::Zeroizing;

use crate::StoreError;

/// A key of AES-256.
pub(super) type Bytes = Zeroizing<[u8; 32]>;

/// What AES-GCM wants never twice under one key. Drawn at random: 2^32 secrets of one organization would have to be
/// sealed before two of them meeting was worth a thought.
pub(super) const NONCE_BYTES: usize = 12;

/// The nonce, then the secret encrypted, then the tag over both and the place.
pub(super) fn encrypt(
    key: &Bytes,
    nonce: &[u8; NONCE_BYTES],
    place: &[u8],
    secret: &[u8],
) -> Result<Vec<u8>, StoreError> {
    let payload = Payload { msg: secret, aad: place };
    let encrypted = cipher(key)?
        .encrypt(&Nonce::from(*nonce), payload)
        .map_err(|_| StoreError::Sealed("it is too long to be sealed"))?;
    Ok([nonce.as_slice(), &encrypted].concat())
}

/// What was encrypted under that key for that place.
pub(super) fn decrypt(key: &Bytes, place: &[u8], sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, StoreError> {
    let Some((nonce, encrypted)) = sealed.split_first_chunk::<NONCE_BYTES>() else {
        return Err(StoreError::Sealed("it is cut short"));
    };
    let payload = Payload { msg: encrypted, aad: place };
    let secret = cipher(key)?.decrypt(&Nonce::from(*nonce), payload);
    secret
        .map(Zeroizing::new)
        .map_err(|_| StoreError::Sealed("it was changed, moved or sealed under another key"))
}

fn cipher(key: &Bytes) -> Result<Aes256Gcm, StoreError> {
    Aes256Gcm::new_from_slice(key.as_slice()).map_err(|_| StoreError::Sealed("its key has the wrong length"))
}
