//! Finishing a sign-in through an `OpenID` Connect provider.

use std::sync::Arc;

use model::Timestamp;

use crate::cache::Asking;
use crate::jwks::KeySet;
use crate::jws::Token;
use crate::{Asked, Claims, Expected, Groups, Kept, Metadata, Secrets, SignIn, SignInError};
use crate::{exchange, groups, id_token, userinfo};

/// What came back with the person.
#[derive(Debug, Clone, Default, serde::Deserialize)]
pub struct Returned {
    /// What we sent along.
    pub state: Option<String>,
    /// What can be redeemed.
    pub code: Option<String>,
    /// Who says so (RFC 9207).
    pub iss: Option<String>,
    /// Why not, as a code.
    pub error: Option<String>,
    /// Why not, in words.
    pub error_description: Option<String>,
}

/// Who somebody is to their provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The provider.
    pub issuer: String,
    /// Who, there; with the issuer and the connection, who they are here (security.md S1).
    pub subject: String,
    /// What they are called.
    pub name: Option<String>,
    /// Their mail address, as the provider says it. It links nothing.
    pub address: Option<String>,
    /// Whether the provider says, in so many words, that it was verified.
    pub address_is_verified: bool,
    /// Their groups; none where nothing is said about groups.
    pub groups: Option<Vec<String>>,
    /// How they proved who they are, in the words of RFC 8176.
    pub amr: Vec<String>,
    /// The level that was reached.
    pub acr: Option<String>,
    /// When they proved it. A provider that does not say: it is not known.
    pub proven_at: Option<Timestamp>,
    /// What the provider calls its session.
    pub session: Option<String>,
    /// What is kept of the sign-in with the session that it begins.
    pub kept: Option<Kept>,
    /// Everything that was said, for an administrator who tests.
    pub claims: Claims,
}

impl Returned {
    /// The code, if the provider says yes and is who it should be.
    pub(crate) fn code(&self, issuer: &str, names_itself: bool) -> Result<&str, SignInError> {
        match &self.iss {
            Some(named) if named != issuer => {
                return Err(SignInError::Untrusted("another provider answered"));
            }
            None if names_itself => return Err(SignInError::Untrusted("the provider did not say who it is")),
            _ => {}
        }
        if let Some(error) = &self.error {
            return Err(SignInError::refused(error, self.error_description.as_deref()));
        }
        self.code.as_deref().filter(|code| !code.is_empty()).ok_or(SignInError::Untrusted("there is no code"))
    }
}

impl SignIn {
    /// Finishes a sign-in: redeems the code, verifies the token, asks for what is missing.
    ///
    /// That the state is the one that this browser was sent away with is the caller's to have checked.
    pub async fn finish(
        &self,
        asked: &Asked<'_>,
        returned: &Returned,
        secrets: &Secrets,
        proven_since: Option<Timestamp>,
        now: Timestamp,
    ) -> Result<Person, SignInError> {
        let metadata = self.discover(asked, now).await?;
        let names_itself = metadata.authorization_response_iss_parameter_supported;
        let code = returned.code(&asked.terms.issuer, names_itself)?;
        let tokens =
            exchange::redeem(&self.egress, asked, &metadata.token_endpoint, code, &secrets.verifier).await?;
        let identity = tokens.identity.ok_or(SignInError::Untrusted("there is no identity token"))?;
        let token = Token::parse(&identity)?;
        let keys = self.keys_for(asked, &metadata, &token, now).await?;
        let expected = Expected {
            issuer: &asked.terms.issuer,
            client: &asked.terms.client.id,
            nonce: &secrets.nonce,
            proven_since,
            now,
        };
        let claims = id_token::verify(&token, &keys, &expected)?;
        let claims = self.describe(asked, &metadata, &tokens.access, claims).await?;
        let groups = self.groups(asked, &tokens.access, &claims).await?;
        person(asked, &claims, groups, Some(Kept::new(identity.clone(), tokens.refresh.clone())))
    }

    /// The provider's keys, asked for anew where none of those remembered fits the token.
    pub(crate) async fn keys_for(
        &self,
        asked: &Asked<'_>,
        metadata: &Metadata,
        token: &Token<'_>,
        now: Timestamp,
    ) -> Result<Arc<KeySet>, SignInError> {
        let asking = Asking { tenant: asked.tenant, connection: asked.connection, now };
        self.keys.get(asking, &metadata.jwks_uri, |keys| token.has_key_in(keys)).await
    }

    /// The claims with those that only the endpoint has. What the token says goes before: it is signed.
    pub(crate) async fn describe(
        &self,
        asked: &Asked<'_>,
        metadata: &Metadata,
        access: &str,
        claims: Claims,
    ) -> Result<Claims, SignInError> {
        let Some(endpoint) = &metadata.userinfo_endpoint else { return Ok(claims) };
        let said = userinfo::ask(&self.egress, asked.tenant, endpoint, access).await?;
        let more = userinfo::of(claims.subject()?, said)?;
        Ok(claims.and(more))
    }

    pub(crate) async fn groups(
        &self,
        asked: &Asked<'_>,
        access: &str,
        claims: &Claims,
    ) -> Result<Option<Vec<String>>, SignInError> {
        let mapping = &asked.terms.mapping;
        let Some(claim) = mapping.groups_claim.as_deref().filter(|_| !mapping.groups.is_empty()) else {
            return Ok(None);
        };
        match claims.groups(claim) {
            Groups::Named(groups) => Ok(Some(groups)),
            Groups::Unsaid => Ok(Some(Vec::new())),
            Groups::Elsewhere(place) => {
                groups::elsewhere(&self.egress, asked, access, place.as_deref()).await.map(Some)
            }
        }
    }
}

impl Asked<'_> {
    /// What somebody is called: by the claim that the connection names, or else as is usual.
    pub(crate) fn named(&self, claims: &Claims, at_last: &str) -> Option<String> {
        let chosen = self.terms.mapping.name_claim.as_deref();
        let said = chosen.into_iter().chain(["name", at_last]).filter_map(|claim| claims.text(claim));
        said.map(ToOwned::to_owned).find(|name| !name.trim().is_empty())
    }
}

/// Who the claims are about.
pub(crate) fn person(
    asked: &Asked<'_>,
    claims: &Claims,
    groups: Option<Vec<String>>,
    kept: Option<Kept>,
) -> Result<Person, SignInError> {
    let text = |name: &str| claims.text(name).map(ToOwned::to_owned);
    Ok(Person {
        issuer: text("iss").unwrap_or_default(),
        subject: claims.subject()?.to_owned(),
        name: asked.named(claims, "preferred_username"),
        address: text("email"),
        address_is_verified: claims.has_verified_address(),
        groups,
        amr: claims.texts("amr").unwrap_or_default(),
        acr: text("acr"),
        proven_at: claims.moment("auth_time"),
        session: text("sid"),
        kept,
        claims: claims.clone(),
    })
}
