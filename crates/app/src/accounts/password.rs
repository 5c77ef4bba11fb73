use model::{Origin, Proof, Session, SessionId, Timestamp, UserId};
use zeroize::Zeroizing;

use super::hashing;
use super::limit::Room;
use crate::sessions::{Browser, Opened, Proven, SignIn};
use crate::{App, Error};

/// What somebody shows to sign in by password.
pub struct Shown {
    /// The name of the account, in any case.
    pub login: String,
    /// The password.
    pub password: Zeroizing<String>,
    /// A one-time code or a recovery code.
    pub code: Zeroizing<String>,
    /// The path of ours that they are on their way to. May be empty.
    pub next: String,
}

/// Why somebody is not signed in.
#[derive(Debug, thiserror::Error)]
pub enum NotSignedIn {
    /// Something of what was shown is wrong. Which, nobody is told.
    #[error("not the name, password and code of an account")]
    Wrong,
    /// Tried too often from there.
    #[error("tried too often; not before {0}")]
    NotBefore(Timestamp),
    /// It could not be looked at.
    #[error(transparent)]
    Failed(#[from] Error),
}

impl From<store::StoreError> for NotSignedIn {
    fn from(error: store::StoreError) -> Self {
        Self::Failed(error.into())
    }
}

/// Longer than a name can be is nobody's.
const LONGEST: usize = 320;

/// A login as it is compared.
pub(super) fn normal(login: &str) -> String {
    login.trim().to_lowercase().chars().take(LONGEST).collect()
}

impl App {
    /// Signs somebody in by password and code.
    pub async fn sign_in_by_password(
        &self,
        shown: Shown,
        browser: Browser,
        instead_of: Option<SessionId>,
    ) -> Result<Opened, NotSignedIn> {
        let next = shown.next.clone();
        let (user, second) = self.prove_by_password(shown, None, &browser).await?;
        let who = SignIn {
            user,
            origin: Origin::Local { honoured_by: self.let_past_by(user, &next).await? },
            proof: Proof::Password,
            amr: vec!["pwd".to_owned(), second.to_owned(), "mfa".to_owned()],
            acr: None,
            authenticated_at: None,
            provider_session: None,
            browser,
        };
        Ok(self.open(who, instead_of).await?)
    }

    /// Makes a session fresh by password and code. None: it has ended meanwhile.
    pub async fn step_up_by_password(
        &self,
        session: Session,
        shown: Shown,
        browser: &Browser,
    ) -> Result<Option<Opened>, NotSignedIn> {
        let (_, second) = self.prove_by_password(shown, Some(session.user), browser).await?;
        let amr = vec!["pwd".to_owned(), second.to_owned(), "mfa".to_owned()];
        Ok(self.step_up(session, Proven { proof: Proof::Password, amr, acr: None }).await?)
    }

    /// Who has shown their password and a code; with `only`, nobody else. The second word is which kind of code.
    async fn prove_by_password(
        &self,
        shown: Shown,
        only: Option<UserId>,
        browser: &Browser,
    ) -> Result<(UserId, &'static str), NotSignedIn> {
        let login = normal(&shown.login);
        let attempt = match self.attempt(&login, browser.address).await? {
            Room::For(attempt) => attempt,
            Room::NotBefore(moment) => return Err(NotSignedIn::NotBefore(moment)),
        };
        let account = self.store.account_by_login(&login).await?;
        let account = account.filter(|account| only.is_none_or(|only| account.user == only));
        let hash = account.as_ref().map(|account| account.password.clone());
        if !hashing::verify(shown.password, hash).await? {
            return Err(NotSignedIn::Wrong);
        }
        let Some(account) = account else { return Err(NotSignedIn::Wrong) };
        let second = self.take_code(account.user, &shown.code).await?.ok_or(NotSignedIn::Wrong)?;
        self.store.forgive_attempts(&attempt).await?;
        Ok((account.user, second))
    }

    /// Takes a code, whichever kind it is.
    async fn take_code(&self, user: UserId, code: &str) -> Result<Option<&'static str>, Error> {
        if self.take_totp(user, code).await? {
            return Ok(Some("otp"));
        }
        Ok(self.take_recovery_code(user, code).await?.then_some("otp"))
    }
}
