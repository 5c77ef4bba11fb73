//! Hashing passwords, at the documented cost and never more than two at a time.

use std::sync::{Arc, LazyLock};

use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use model::Entropy;
use tokio::sync::Semaphore;
use zeroize::Zeroizing;

use crate::Error;

/// ASVS 5.0, appendix C: 46 MiB and one pass, which costs a guesser most and a server some 50 ms.
const MEMORY_KIB: u32 = 47_104;
const PASSES: u32 = 1;
const LANES: u32 = 1;

/// Two take 92 MiB and two cores. More at once would be a way to take this server down from the sign-in page.
const AT_ONCE: usize = 2;

static ROOM: LazyLock<Arc<Semaphore>> = LazyLock::new(|| Arc::new(Semaphore::new(AT_ONCE)));

/// What the password of nobody is compared with, so that an unknown name takes as long as a known one. No password has
/// this hash: it is of no output of argon2.
const NOBODY: &str =
    "$argon2id$v=19$m=47104,t=1,p=1$bm9ib2R5J3Mgc2FsdCE$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

fn hasher() -> Result<Argon2<'static>, Error> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None)
        .map_err(|error| Error::Internal(format!("argon2: {error}")))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// Hashes a new password.
pub(super) async fn hash(password: Zeroizing<String>, entropy: &mut dyn Entropy) -> Result<String, Error> {
    let mut salt = [0; 16];
    entropy.fill(&mut salt);
    beside(move || {
        let hash = hasher()?.hash_password_with_salt(password.as_bytes(), &salt);
        hash.map(|hash| hash.to_string()).map_err(|error| Error::Internal(format!("argon2: {error}")))
    })
    .await
}

/// Whether a password is the one that was hashed. Without a hash: no, after the same work.
pub(super) async fn verify(password: Zeroizing<String>, hash: Option<String>) -> Result<bool, Error> {
    beside(move || {
        let is_somebodys = hash.is_some();
        let hash = hash.unwrap_or_else(|| NOBODY.to_owned());
        let is_it = hasher()?.verify_password(password.as_bytes(), hash.as_str()).is_ok();
        Ok(is_it && is_somebodys)
    })
    .await
}

/// Works beside the threads that answer, when there is room.
async fn beside<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    let failed = |error: &dyn std::fmt::Display| Error::Internal(format!("hashing a password: {error}"));
    let room = Arc::clone(&ROOM).acquire_owned().await.map_err(|error| failed(&error))?;
    let done = tokio::task::spawn_blocking(move || {
        let done = work();
        drop(room);
        done
    });
    done.await.map_err(|error| failed(&error))?
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Counting(u8);

    impl Entropy for Counting {
        fn fill(&mut self, bytes: &mut [u8]) {
            for byte in bytes {
                self.0 = self.0.wrapping_add(1);
                *byte = self.0;
            }
        }
    }

    fn text(text: &str) -> Zeroizing<String> {
        Zeroizing::new(text.to_owned())
    }

    #[tokio::test]
    async fn a_password_is_known_again_at_the_documented_cost() {
        let hash = hash(text("correct horse battery staple"), &mut Counting(0)).await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=47104,t=1,p=1$"), "{hash}");
        assert!(verify(text("correct horse battery staple"), Some(hash.clone())).await.unwrap());
        assert!(!verify(text("correct horse battery stapler"), Some(hash)).await.unwrap());
        assert!(!verify(text("correct horse battery staple"), None).await.unwrap());
    }
}
