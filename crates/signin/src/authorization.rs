//! Sending somebody to their provider (RFC 6749, section 4.1.1, with PKCE, RFC 7636).

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use model::{ConnectionId, Entropy, Terms};
use oauth2::basic::BasicClient;
use oauth2::{AuthUrl, ClientId, CsrfToken, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope};

use crate::metadata::OFFLINE;
use crate::{Metadata, SignInError};

/// 256 bits: nobody guesses one.
const SECRET_BYTES: usize = 32;

/// A connection, as far as it is asked.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// Whose it is; its turns are limited.
    pub tenant: &'a str,
    /// Which.
    pub connection: ConnectionId,
    /// Its terms.
    pub terms: &'a Terms,
    /// What proves who we are: the secret of the client, opened, or what its key has signed just now.
    pub secret: Option<&'a str>,
    /// Where its provider sends people back: nobody else's (security.md S3).
    pub redirect: &'a str,
}

/// What only the browser that began a sign-in can finish it with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Secrets {
    /// Comes back with the person.
    pub state: String,
    /// Comes back inside the token.
    pub nonce: String,
    /// Proves that who redeems the code asked for it.
    pub verifier: String,
}

/// How the person is to be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Prompt<'a> {
    /// As the provider likes; a session there may be enough. With the address that was typed here, if one was.
    Usual(Option<&'a str>),
    /// They have to prove anew who they are.
    Anew,
}

impl Secrets {
    /// Draws new ones.
    pub fn draw(entropy: &mut dyn Entropy) -> Self {
        Self { state: text(entropy), nonce: text(entropy), verifier: text(entropy) }
    }
}

/// Random text that can stand in a URL.
fn text(entropy: &mut dyn Entropy) -> String {
    let mut random = [0; SECRET_BYTES];
    entropy.fill(&mut random);
    BASE64_URL_SAFE_NO_PAD.encode(random)
}

impl Asked<'_> {
    /// Where to send the person, at the provider's own endpoint.
    pub fn authorization(
        &self,
        endpoint: &str,
        secrets: &Secrets,
        prompt: Prompt<'_>,
    ) -> Result<String, SignInError> {
        self.authorization_for(endpoint, &self.terms.scopes, secrets, prompt)
    }

    fn authorization_for(
        &self,
        endpoint: &str,
        scopes: &[String],
        secrets: &Secrets,
        prompt: Prompt<'_>,
    ) -> Result<String, SignInError> {
        let wrong = |_| SignInError::unusable("authorization endpoint", "it is not a URL");
        let client = BasicClient::new(ClientId::new(self.terms.client.id.clone()))
            .set_auth_uri(AuthUrl::new(endpoint.to_owned()).map_err(wrong)?)
            .set_redirect_uri(RedirectUrl::new(self.redirect.to_owned()).map_err(wrong)?);
        let challenge =
            PkceCodeChallenge::from_code_verifier_sha256(&PkceCodeVerifier::new(secrets.verifier.clone()));
        let state = secrets.state.clone();
        let mut request = client
            .authorize_url(move || CsrfToken::new(state))
            .add_scopes(scopes.iter().cloned().map(Scope::new))
            .set_pkce_challenge(challenge)
            .add_extra_param("nonce", &secrets.nonce);
        match prompt {
            Prompt::Usual(Some(address)) => request = request.add_extra_param("login_hint", address),
            Prompt::Usual(None) => {}
            Prompt::Anew => {
                request = request.add_extra_param("prompt", "login").add_extra_param("max_age", "0");
            }
        }
        let (url, _) = request.url();
        if url.scheme() == "https" || url.scheme() == "http" {
            Ok(url.into())
        } else {
            Err(SignInError::unusable(
                "authorization endpoint",
                "it is not an address that a browser goes to",
            ))
        }
    }

    /// The same, where the provider says the endpoint itself. `lasting`: a refresh token is asked for, where it offers
    /// one.
    ///
    /// Without `prompt=consent`, which Core (section 11) wants beside the scope: people would be asked at each sign-in for
    /// what their administrator has settled, and where only administrators may consent nobody would come in. A provider
    /// that insists gives no refresh token, and everything is as without.
    pub fn authorization_by(
        &self,
        metadata: &Metadata,
        secrets: &Secrets,
        prompt: Prompt<'_>,
        lasting: bool,
    ) -> Result<String, SignInError> {
        let mut scopes = self.terms.scopes.clone();
        if lasting && metadata.offers_refresh() && !self.asks_for_refresh() {
            scopes.push(OFFLINE.to_owned());
        }
        self.authorization_for(&metadata.authorization_endpoint, &scopes, secrets, prompt)
    }

    /// Whether the terms themselves ask for a refresh token.
    pub fn asks_for_refresh(&self) -> bool {
        self.terms.scopes.iter().any(|scope| scope == OFFLINE)
    }
}
