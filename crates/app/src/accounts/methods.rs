use model::{Timestamp, UserId};
use uuid::Uuid;

use crate::{App, Error};

/// The ways in which a person can prove on this installation who they are.
#[derive(Debug, Clone, Default)]
pub struct Methods {
    /// The name that they sign in by, where they have a password.
    pub login: Option<String>,
    /// Whether they have an authenticator that counts. A password alone opens nothing.
    pub has_totp: bool,
    /// How many recovery codes they have left.
    pub recovery_codes: u64,
    /// Their passkeys.
    pub passkeys: Vec<PasskeyView>,
}

/// A passkey as it is listed.
#[derive(Debug, Clone)]
pub struct PasskeyView {
    /// Its id.
    pub id: Uuid,
    /// What the person calls it.
    pub name: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last used.
    pub last_used_at: Option<Timestamp>,
}

impl Methods {
    /// Whether they can sign in, or step up, by password.
    pub fn has_password(&self) -> bool {
        self.login.is_some() && self.has_totp
    }

    /// Whether they can prove here who they are, with no provider's help.
    pub fn are_enough(&self) -> bool {
        !self.passkeys.is_empty() || self.has_password()
    }
}

impl App {
    /// The ways in which a person can prove here who they are.
    pub async fn methods(&self, user: UserId) -> Result<Methods, Error> {
        let passkeys = self.store.passkeys_of(user).await?.into_iter().map(|stored| PasskeyView {
            id: stored.id,
            name: stored.name,
            created_at: stored.created_at,
            last_used_at: stored.last_used_at,
        });
        Ok(Methods {
            login: self.store.account_of(user).await?.map(|account| account.login),
            has_totp: self.store.totp(user).await?.is_some_and(|totp| totp.confirmed),
            recovery_codes: self.store.recovery_codes_left(user).await?,
            passkeys: passkeys.collect(),
        })
    }
}
