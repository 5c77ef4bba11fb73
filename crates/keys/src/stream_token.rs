use std::borrow::Cow;

use model::Entropy;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use crate::base62;
use crate::redact::hide_after;

/// What every one begins with, so that one that leaks is known for what it is.
const PREFIX: &str = "sst_";
/// Characters after it: 32 random bytes, fixed width.
const LENGTH: usize = 43;

/// The token that a transmitter of signals shows when it sends one (RFC 8935, section 2.1).
///
/// It is no key: it opens nothing, and beside it every signal has to be signed. It keeps strangers from having
/// signatures checked.
#[derive(Debug)]
pub struct StreamToken;

impl StreamToken {
    /// Makes one: its text, which is shown once and kept nowhere, and the hash to keep.
    pub fn mint(entropy: &mut dyn Entropy) -> (Zeroizing<String>, [u8; 32]) {
        let mut bytes = Zeroizing::new([0_u8; 32]);
        entropy.fill(bytes.as_mut_slice());
        let secret = Zeroizing::new(base62::fixed::<LENGTH>(bytes.as_mut_slice()));
        let text: String = PREFIX.chars().chain(secret.iter().copied().map(char::from)).collect();
        let hash = Sha256::digest(text.as_bytes()).into();
        (Zeroizing::new(text), hash)
    }

    /// Whether a text is the token with that hash. Takes the same time whatever the answer.
    pub fn proves(text: &str, hash: &[u8; 32]) -> bool {
        let shown: [u8; 32] = Sha256::digest(text.as_bytes()).into();
        bool::from(shown.ct_eq(hash))
    }
}

/// Cuts the secrets off such tokens in a text.
pub(crate) fn hide(text: &str) -> Cow<'_, str> {
    // One that was cut short still gives away most of its secret; a word is shorter.
    hide_after(text, PREFIX, u8::is_ascii_alphanumeric, LENGTH / 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Same(u8);

    impl Entropy for Same {
        fn fill(&mut self, bytes: &mut [u8]) {
            bytes.fill(self.0);
        }
    }

    #[test]
    fn a_token_proves_itself_and_is_hidden_in_texts() {
        let (text, hash) = StreamToken::mint(&mut Same(7));
        assert_eq!(text.len(), PREFIX.len() + LENGTH);
        assert!(StreamToken::proves(&text, &hash));
        let (other, _) = StreamToken::mint(&mut Same(8));
        for wrong in ["", "sst_", &text[1..], &format!("{}A", text.as_str()), other.as_str()] {
            assert!(!StreamToken::proves(wrong, &hash), "{wrong}");
        }
        assert_eq!(hide(&format!("{{\"push_token\":\"{}\"}}", text.as_str())), "{\"push_token\":\"sst_\"}");
        assert_eq!(hide("the prefix sst_ of a token"), "the prefix sst_ of a token");
        assert_eq!(crate::redact(&format!("a {} b", text.as_str())), "a sst_ b");
    }
}
