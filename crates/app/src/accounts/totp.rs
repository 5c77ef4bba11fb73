use model::{Entropy, UserId};
use totp_rs::{Builder, Totp};
use zeroize::Zeroizing;

use crate::{App, Error};

/// 160 bits, as RFC 4226 recommends for SHA-1, which is the only hash that every authenticator knows.
const SEED_BYTES: usize = 20;

/// An authenticator to be set up: shown once.
#[derive(Debug)]
pub struct NewTotp {
    /// The seed as people type it, base32 in groups of four.
    pub seed: Zeroizing<String>,
    /// The address that authenticator programs take.
    pub address: Zeroizing<String>,
}

impl App {
    /// Makes a new authenticator for a person. It counts once a code of it was shown, in the place of one they have.
    pub async fn new_totp(&self, user: UserId, login: &str) -> Result<NewTotp, Error> {
        let mut seed = Zeroizing::new([0; SEED_BYTES]);
        self.engine.world().entropy().fill(seed.as_mut_slice());
        let row = user.to_string();
        let sealed = self.store.seal(store::installation(), "totp", "seed", &row, seed.as_slice()).await?;
        self.store.put_totp(user, &sealed).await?;
        let text = Zeroizing::new(totp(seed.as_slice())?.secret().to_base32());
        let groups: Vec<&str> =
            (0..text.len()).step_by(4).filter_map(|at| text.get(at..(at + 4).min(text.len()))).collect();
        let label: String = url::form_urlencoded::byte_serialize(login.as_bytes()).collect();
        let address = format!("otpauth://totp/Answerable:{label}?secret={}&issuer=Answerable", text.as_str());
        Ok(NewTotp { seed: Zeroizing::new(groups.join(" ")), address: Zeroizing::new(address) })
    }

    /// Takes a code of a person's authenticator: each once, and none older than the last (ASVS 6.5.1).
    pub(super) async fn take_totp(&self, user: UserId, code: &str) -> Result<bool, Error> {
        let Some(stored) = self.store.totp(user).await?.filter(|stored| stored.confirmed) else {
            return Ok(false);
        };
        self.check_totp(user, &stored.seed, code).await
    }

    /// Shows that the person's authenticator gives the same codes: from now on it counts.
    pub async fn confirm_totp(&self, user: UserId, code: &str) -> Result<bool, Error> {
        let Some(stored) = self.store.totp(user).await? else { return Ok(false) };
        let Some(next) = &stored.next_seed else { return self.check_totp(user, &stored.seed, code).await };
        match self.step_of(user, next, code).await? {
            Some(step) => Ok(self.store.replace_totp(user, next, step).await?),
            None => Ok(false),
        }
    }

    async fn check_totp(&self, user: UserId, sealed: &[u8], code: &str) -> Result<bool, Error> {
        match self.step_of(user, sealed, code).await? {
            Some(step) => Ok(self.store.take_totp(user, step).await?),
            None => Ok(false),
        }
    }

    /// The step that a code of that seed is of, if it is one of now.
    async fn step_of(&self, user: UserId, sealed: &[u8], code: &str) -> Result<Option<u64>, Error> {
        let row = user.to_string();
        let seed = self.store.open(store::installation(), "totp", "seed", &row, sealed).await?;
        let code: String = code.chars().filter(|letter| !letter.is_whitespace()).collect();
        let now = u64::try_from(self.engine.world().now().timestamp()).unwrap_or(0);
        Ok(totp(&seed)?.check(&code, now))
    }
}

/// Six digits, half a minute, one step of patience to either side.
fn totp(seed: &[u8]) -> Result<Totp, Error> {
    Builder::new().with_secret(seed.to_vec()).build().map_err(|error| Error::Internal(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, appendix B, the last six of its eight digits.
    #[test]
    fn codes_are_those_of_the_rfc() {
        let totp = totp(b"12345678901234567890").unwrap();
        for (at, code) in [(59, "287082"), (1_111_111_109, "081804"), (2_000_000_000, "279037")] {
            assert_eq!(totp.check(code, at), Some(at / 30));
            assert_eq!(totp.check(code, at + 30), Some(at / 30));
            assert_eq!(totp.check(code, at + 90), None);
        }
        assert_eq!(totp.check("", 59), None);
        assert_eq!(totp.check("28708", 59), None);
    }
}
