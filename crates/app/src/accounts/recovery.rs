use model::{Entropy, UserId};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::{App, Error};

/// Ten, of 128 random bits each (security.md S8): enough for a lost telephone, and no need for a slow hash.
const CODES: usize = 10;
const CODE_BYTES: usize = 16;

/// New recovery codes: shown once.
#[derive(Debug)]
pub struct RecoveryCodes(pub Vec<Zeroizing<String>>);

impl App {
    /// Makes new recovery codes for a person; older ones no longer count.
    pub async fn new_recovery_codes(&self, user: UserId) -> Result<RecoveryCodes, Error> {
        let world = self.engine.world();
        let mut entropy = world.entropy();
        let codes: Vec<Zeroizing<String>> = (0..CODES)
            .map(|_| {
                let mut bytes = Zeroizing::new([0; CODE_BYTES]);
                entropy.fill(bytes.as_mut_slice());
                Zeroizing::new(written(bytes.as_slice()))
            })
            .collect();
        let hashes: Vec<[u8; 32]> = codes.iter().map(|code| hash(code)).collect();
        self.store.put_recovery_codes(user, &hashes).await?;
        Ok(RecoveryCodes(codes))
    }

    /// Uses a recovery code, once.
    pub(super) async fn take_recovery_code(&self, user: UserId, code: &str) -> Result<bool, Error> {
        // What is shorter than a code is none, and most often a one-time code that came too late.
        if code.len() < 2 * CODE_BYTES {
            return Ok(false);
        }
        Ok(self.store.use_recovery_code(user, hash(code), self.engine.world().now()).await?)
    }
}

/// Eight groups of four: `4f3a-…`. Hexadecimal has no letters that look alike.
fn written(bytes: &[u8]) -> String {
    use std::fmt::Write;
    let mut text = String::new();
    for (at, byte) in bytes.iter().enumerate() {
        let between = if at > 0 && at % 2 == 0 { "-" } else { "" };
        // Writing to a string cannot fail.
        let _ok = write!(text, "{between}{byte:02x}");
    }
    text
}

/// However it was typed: with or without hyphens, in any case.
fn hash(code: &str) -> [u8; 32] {
    let plain: String = code.chars().filter(char::is_ascii_hexdigit).collect();
    Sha256::digest(plain.to_ascii_lowercase()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_the_same_however_it_is_typed() {
        let code = written(&[0x4f, 0x3a, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 0xff]);
        assert_eq!(code, "4f3a-0001-0203-0405-0607-0809-0a0b-0cff");
        assert_eq!(hash(&code), hash(" 4F3A 0001020304050607 0809-0A0B0CFF "));
        assert_ne!(hash(&code), hash("4f3a-0001-0203-0405-0607-0809-0a0b-0cfe"));
    }
}
