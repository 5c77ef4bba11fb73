//! How people prove who they are on this installation itself. Secrets come in hashed or sealed.

mod attempts;
mod break_glass;
mod codes;
mod passkeys;
mod passwords;
mod remove;

use model::Timestamp;

use crate::{Store, StoreError, text};

pub use attempts::Attempt;
pub use codes::StoredTotp;
pub use passkeys::{Ceremony, StoredPasskey};
pub use passwords::Account;
pub use remove::{Method, Removal};

const CEREMONIES_OVER: &str = "delete from passkey_ceremonies where ends_at <= $1";

const ATTEMPTS_OVER: &str = "delete from sign_in_attempts where at <= $1";

impl Store {
    /// Forgets ceremonies that nobody will finish and attempts made before `attempts_since`.
    pub async fn forget_attempts(
        &self,
        now: Timestamp,
        attempts_since: Timestamp,
    ) -> Result<u64, StoreError> {
        let ceremonies = self.run(CEREMONIES_OVER, [text::micros(now).into()]).await?;
        Ok(ceremonies + self.run(ATTEMPTS_OVER, [text::micros(attempts_since).into()]).await?)
    }
}
