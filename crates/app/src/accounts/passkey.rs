use chrono::TimeDelta;
use model::{Entropy, Origin, Proof, Session, SessionId, UserId};
use serde_json::{Value, json};
use store::{Ceremony, StoreError, StoredPasskey};
use url::Url;
use uuid::Builder;
use webauthn_rs::prelude::{
    DiscoverableAuthentication, Passkey, PasskeyRegistration, PublicKeyCredential,
    RegisterPublicKeyCredential, Webauthn, WebauthnBuilder, WebauthnError,
};

use super::NotSignedIn;
use crate::sessions::{Browser, Opened, Proven, Secret, SignIn, hash};
use crate::{App, Error};

/// A person finds their key and touches it within this; the browsers' own patience is five minutes as well.
const CEREMONY: TimeDelta = TimeDelta::minutes(5);
/// Enough for every device that a person has.
const MOST_PASSKEYS: usize = 20;
/// A name for a list.
const LONGEST_NAME: usize = 60;

/// What checks passkeys, for the one address that this installation is known by.
#[derive(Debug, Clone)]
pub struct Passkeys(Option<Webauthn>);

/// A ceremony that has begun: what the browser is asked for, and the secret to come back with.
#[derive(Debug)]
pub struct Begun {
    /// What `navigator.credentials` takes, as JSON.
    pub options: String,
    /// For a cookie.
    pub secret: Secret,
}

impl Passkeys {
    /// For that address. Passkeys belong to a name: reached by a bare IP address, there are none.
    pub fn new(public_url: &str) -> Self {
        let webauthn = Url::parse(public_url).ok().and_then(|url| {
            let name = url.domain()?.to_owned();
            WebauthnBuilder::new(&name, &url).ok()?.rp_name("Answerable").build().ok()
        });
        Self(webauthn)
    }

    /// Whether there can be passkeys here.
    pub fn are_possible(&self) -> bool {
        self.0.is_some()
    }

    fn checker(&self) -> Result<&Webauthn, Error> {
        self.0.as_ref().ok_or_else(|| Error::Conflict {
            code: "passkeys",
            detail: "this installation is reached by an address; passkeys need a name".to_owned(),
        })
    }
}

impl App {
    /// Begins to make a passkey for a person.
    pub async fn begin_passkey(&self, passkeys: &Passkeys, user: UserId) -> Result<Begun, Error> {
        let name = self.store.user(user).await?.map(|person| (person.name.to_string(), person.email));
        let (name, email) = name.unwrap_or_default();
        let known = self.store.passkeys_of(user).await?;
        if known.len() >= MOST_PASSKEYS {
            let detail = format!("you have {MOST_PASSKEYS} passkeys; remove one first");
            return Err(Error::Conflict { code: "passkeys", detail });
        }
        let known = known.into_iter().map(|passkey| passkey.credential_id).collect();
        let login = email.unwrap_or_else(|| name.clone());
        let begun = passkeys.checker()?.start_passkey_registration(user.uuid(), &login, &name, Some(known));
        let (options, state) = begun.map_err(failed)?;
        let mut options = plain(&options)?;
        // It has to be found without a name at the next sign-in.
        if let Some(selection) = options.pointer_mut("/publicKey/authenticatorSelection") {
            selection["residentKey"] = json!("required");
            selection["requireResidentKey"] = json!(true);
        }
        self.begin_ceremony(Some(user), &options, &state).await
    }

    /// Keeps the passkey that the browser made. False: what it brought does not fit what it was asked.
    pub async fn finish_passkey(
        &self,
        passkeys: &Passkeys,
        user: UserId,
        secret: &str,
        brought: &str,
        name: &str,
    ) -> Result<bool, Error> {
        let Some(ceremony) = self.take_ceremony(secret, Some(user)).await? else { return Ok(false) };
        let Ok(state) = serde_json::from_str::<PasskeyRegistration>(&ceremony.state) else {
            return Ok(false);
        };
        let Ok(brought) = serde_json::from_str::<RegisterPublicKeyCredential>(brought) else {
            return Ok(false);
        };
        let Ok(passkey) = passkeys.checker()?.finish_passkey_registration(&brought, &state) else {
            return Ok(false);
        };
        let world = self.engine.world();
        let mut random = [0; 16];
        world.entropy().fill(&mut random);
        let name: String =
            name.trim().chars().filter(|letter| !letter.is_control()).take(LONGEST_NAME).collect();
        let stored = StoredPasskey {
            id: Builder::from_random_bytes(random).into_uuid(),
            user,
            credential_id: AsRef::<[u8]>::as_ref(passkey.cred_id()).to_vec(),
            name: if name.is_empty() { "Passkey".to_owned() } else { name },
            passkey: text(&passkey)?,
            created_at: world.now(),
            last_used_at: None,
        };
        match self.store.add_passkey(&stored).await {
            Err(StoreError::Conflict { .. }) => Ok(false),
            other => Ok(other.map(|()| true)?),
        }
    }

    /// Begins to use a passkey: whose, the browser will say.
    pub async fn begin_passkey_use(&self, passkeys: &Passkeys) -> Result<Begun, Error> {
        let begun = passkeys.checker()?.start_discoverable_authentication();
        let (mut options, state) = begun.map_err(failed)?;
        options.mediation = None;
        self.begin_ceremony(None, &plain(&options)?, &state).await
    }

    /// Signs somebody in by passkey, who is on their way to `next`.
    pub async fn sign_in_by_passkey(
        &self,
        passkeys: &Passkeys,
        secret: &str,
        brought: &str,
        browser: Browser,
        instead_of: Option<SessionId>,
        next: &str,
    ) -> Result<Opened, NotSignedIn> {
        let user = self.prove_by_passkey(passkeys, secret, brought).await?.ok_or(NotSignedIn::Wrong)?;
        let who = SignIn {
            user,
            origin: Origin::Local { honoured_by: self.let_past_by(user, next).await? },
            proof: Proof::Passkey,
            amr: vec!["hwk".to_owned(), "user".to_owned()],
            acr: None,
            authenticated_at: None,
            provider_session: None,
            browser,
        };
        Ok(self.open(who, instead_of).await?)
    }

    /// Makes a session fresh by passkey. None: it has ended meanwhile.
    pub async fn step_up_by_passkey(
        &self,
        passkeys: &Passkeys,
        session: Session,
        secret: &str,
        brought: &str,
    ) -> Result<Option<Opened>, NotSignedIn> {
        let user = self.prove_by_passkey(passkeys, secret, brought).await?;
        if user != Some(session.user) {
            return Err(NotSignedIn::Wrong);
        }
        let amr = vec!["hwk".to_owned(), "user".to_owned()];
        Ok(self.step_up(session, Proven { proof: Proof::Passkey, amr, acr: None }).await?)
    }

    /// Who has used their passkey, and let it verify them.
    async fn prove_by_passkey(
        &self,
        passkeys: &Passkeys,
        secret: &str,
        brought: &str,
    ) -> Result<Option<UserId>, Error> {
        let checker = passkeys.checker()?;
        let Some(ceremony) = self.take_ceremony(secret, None).await? else { return Ok(None) };
        let Ok(state) = serde_json::from_str::<DiscoverableAuthentication>(&ceremony.state) else {
            return Ok(None);
        };
        let Ok(brought) = serde_json::from_str::<PublicKeyCredential>(brought) else { return Ok(None) };
        let Ok((user, credential)) = checker.identify_discoverable_authentication(&brought) else {
            return Ok(None);
        };
        let user = UserId::from_uuid(user);
        let known = self.store.passkeys_of(user).await?;
        let Some(stored) = known.into_iter().find(|passkey| passkey.credential_id == credential) else {
            return Ok(None);
        };
        let mut passkey: Passkey = serde_json::from_str(&stored.passkey)
            .map_err(|error| Error::Internal(format!("a passkey cannot be read: {error}")))?;
        let Ok(result) = checker.finish_discoverable_authentication_v2(&brought, state, &passkey) else {
            return Ok(None);
        };
        if !result.user_verified() {
            return Ok(None);
        }
        passkey.update_credential(&result);
        self.store.passkey_used(stored.id, &text(&passkey)?, self.engine.world().now()).await?;
        Ok(Some(user))
    }

    async fn begin_ceremony(
        &self,
        user: Option<UserId>,
        options: &Value,
        state: &impl serde::Serialize,
    ) -> Result<Begun, Error> {
        let world = self.engine.world();
        let secret = Secret::draw(&mut world.entropy());
        let ceremony = Ceremony { user, state: text(state)?, ends_at: world.now() + CEREMONY };
        self.store.begin_ceremony(&ceremony, secret.hash()).await?;
        Ok(Begun { options: options.to_string(), secret })
    }

    /// A ceremony of that person's, or of nobody's in particular. Whatever comes of it, it is over.
    async fn take_ceremony(&self, secret: &str, user: Option<UserId>) -> Result<Option<Ceremony>, Error> {
        let taken = self.store.take_ceremony(hash(secret), self.engine.world().now()).await?;
        Ok(taken.filter(|ceremony| ceremony.user == user))
    }
}

fn plain(options: &impl serde::Serialize) -> Result<Value, Error> {
    serde_json::to_value(options).map_err(|error| Error::Internal(error.to_string()))
}

fn text(value: &impl serde::Serialize) -> Result<String, Error> {
    serde_json::to_string(value).map_err(|error| Error::Internal(error.to_string()))
}

#[expect(clippy::needless_pass_by_value, reason = "for `map_err`")]
fn failed(error: WebauthnError) -> Error {
    Error::Internal(format!("passkeys: {error}"))
}
