//! What a provider says of itself (OpenID Connect Discovery 1.0).

use model::Timestamp;
use serde::Deserialize;
use url::Url;

use crate::cache::{Asking, Remembered};
use crate::{Asked, SignIn, SignInError};

/// What of a provider's metadata matters here.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Metadata {
    /// Who it says it is.
    pub issuer: String,
    /// Where people are sent.
    pub authorization_endpoint: String,
    /// Where codes are redeemed.
    pub token_endpoint: String,
    /// Where its keys are.
    pub jwks_uri: String,
    /// Where it says more about who signed in.
    #[serde(default)]
    pub userinfo_endpoint: Option<String>,
    /// Where it is told that a token counts no more (RFC 7009).
    #[serde(default)]
    pub revocation_endpoint: Option<String>,
    /// Where people are sent to sign out there too.
    #[serde(default)]
    pub end_session_endpoint: Option<String>,
    /// Whether it names itself at the callback (RFC 9207): then it always has to.
    #[serde(default)]
    pub authorization_response_iss_parameter_supported: bool,
    /// Whether it knows the proof of possession that we insist on. Some know it and do not say so.
    #[serde(default)]
    pub code_challenge_methods_supported: Option<Vec<String>>,
    /// What it can be asked for.
    #[serde(default)]
    pub scopes_supported: Option<Vec<String>>,
}

/// The scope that asks for a refresh token (OpenID Connect Core, section 11).
pub(crate) const OFFLINE: &str = "offline_access";

impl Metadata {
    /// Whether it can be asked for a refresh token.
    ///
    /// The scope says so, and the list of grants does not: providers that give refresh tokens in a way of their own list
    /// the grant and refuse a sign-in that asks for a scope they do not know, as Google does.
    pub fn offers_refresh(&self) -> bool {
        self.scopes_supported.as_ref().is_some_and(|scopes| scopes.iter().any(|scope| scope == OFFLINE))
    }
}

impl Remembered for Metadata {
    const WHAT: &'static str = "metadata";

    fn read(body: &[u8]) -> Result<Self, String> {
        let metadata: Self = serde_json::from_slice(body).map_err(|error| error.to_string())?;
        match &metadata.code_challenge_methods_supported {
            Some(methods) if !methods.iter().any(|method| method == "S256") => {
                Err("it does not offer PKCE with S256".to_owned())
            }
            _ => Ok(metadata),
        }
    }
}

impl SignIn {
    /// The metadata of the issuer, whose name has to be in it byte by byte (ASVS 10.5.3).
    ///
    /// With it goes what a provider for many tenants says of all of them at once: its issuer is none of theirs.
    pub async fn discover(&self, asked: &Asked<'_>, now: Timestamp) -> Result<Metadata, SignInError> {
        let url = well_known(&asked.terms.issuer)?;
        let asking = Asking { tenant: asked.tenant, connection: asked.connection, now };
        let metadata = self.metadata.get(asking, &url, |_| true).await?;
        if metadata.issuer != asked.terms.issuer {
            let why = format!("it is of `{}`, not of the issuer that was set up", cut(&metadata.issuer));
            return Err(SignInError::unusable("metadata", why));
        }
        Ok(Metadata::clone(&metadata))
    }
}

/// Where an issuer's metadata is: after its path, whatever the path (Discovery 1.0, section 4).
fn well_known(issuer: &str) -> Result<String, SignInError> {
    let wrong = || SignInError::unusable("issuer", "expected an absolute URL without query or fragment");
    let url = Url::parse(issuer).map_err(|_| wrong())?;
    if url.query().is_some() || url.fragment().is_some() || url.host().is_none() {
        return Err(wrong());
    }
    Ok(format!("{}/.well-known/openid-configuration", issuer.trim_end_matches('/')))
}

fn cut(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(200).collect()
}
