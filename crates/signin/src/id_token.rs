//! Verifying an identity token (OpenID Connect Core, section 3.1.3.7, made stricter where it leaves a choice).

use chrono::TimeDelta;
use model::Timestamp;
use serde_json::Value;

use crate::claims::SKEW;
use crate::jwks::KeySet;
use crate::jws::Token;
use crate::{Claims, SignInError};

/// A token issued longer ago was not issued for this sign-in, which may take ten minutes.
const OLDEST: TimeDelta = TimeDelta::minutes(15);

/// What a token has to say.
#[derive(Debug, Clone, Copy)]
pub struct Expected<'a> {
    /// Who issued it, byte by byte.
    pub issuer: &'a str,
    /// Who we are to them.
    pub client: &'a str,
    /// What we asked for it with.
    pub nonce: &'a str,
    /// When the person must have proven who they are, at the earliest; none where it does not matter.
    pub proven_since: Option<Timestamp>,
    /// When it is.
    pub now: Timestamp,
}

/// What the token says, if it is one for this sign-in and by this provider.
pub(crate) fn verify(
    token: &Token<'_>,
    keys: &KeySet,
    expected: &Expected<'_>,
) -> Result<Claims, SignInError> {
    let claims = identity(token, keys, expected.issuer, expected.client)?;
    if claims.text("nonce") != Some(expected.nonce) {
        return Err(SignInError::Untrusted("it answers another sign-in"));
    }
    in_time(&claims, expected.now, OLDEST)?;
    claims.subject()?;
    if let Some(since) = expected.proven_since {
        let proven =
            claims.moment("auth_time").ok_or(SignInError::Untrusted("it does not say when you signed in"))?;
        if proven < since - SKEW || proven > expected.now + SKEW {
            return Err(SignInError::Untrusted("you did not sign in anew"));
        }
    }
    Ok(claims)
}

/// What a token says that came by a refresh, about whoever a token before was about (section 12.2). Whether it is about
/// the same person is the caller's to ask. When they signed in is that sign-in's, and not looked at.
pub(crate) fn verify_again(
    token: &Token<'_>,
    keys: &KeySet,
    before: &Claims,
    now: Timestamp,
) -> Result<Claims, SignInError> {
    let audience = before.texts("aud").unwrap_or_default();
    let client = audience.first().map(String::as_str).unwrap_or_default();
    let claims = identity(token, keys, before.text("iss").unwrap_or_default(), client)?;
    // It need not name the sign-in that it goes on from; naming another it is that one's.
    if let (Some(named), Some(first)) = (claims.text("nonce"), before.text("nonce"))
        && named != first
    {
        return Err(SignInError::Untrusted("it answers another sign-in"));
    }
    in_time(&claims, now, OLDEST)?;
    claims.subject()?;
    Ok(claims)
}

/// What an identity token for us says, if the provider signed it.
fn identity(token: &Token<'_>, keys: &KeySet, issuer: &str, client: &str) -> Result<Claims, SignInError> {
    // A logout token or an access token is signed by the same keys.
    if token.kind().is_some_and(|kind| kind != "jwt") {
        return Err(SignInError::Untrusted("it is another kind of token"));
    }
    let claims = Claims(token.verify(keys)?);
    issued_for_us(&claims, issuer, client)?;
    Ok(claims)
}

/// Who issued it and for whom: for us and for nobody else (ASVS 9.2.3). An audience that is missing is none.
pub(crate) fn issued_for_us(claims: &Claims, issuer: &str, client: &str) -> Result<(), SignInError> {
    if claims.text("iss") != Some(issuer) {
        return Err(SignInError::Untrusted("another issuer made it"));
    }
    let audiences = claims.texts("aud").unwrap_or_default();
    if audiences.is_empty() || audiences.iter().any(|audience| audience != client) {
        return Err(SignInError::Untrusted("it is for somebody else"));
    }
    match claims.0.get("azp") {
        None => Ok(()),
        Some(Value::String(party)) if party == client => Ok(()),
        Some(_) => Err(SignInError::Untrusted("it was issued to somebody else")),
    }
}

/// Whether it counts now: issued, not long ago, and not over.
pub(crate) fn in_time(claims: &Claims, now: Timestamp, oldest: TimeDelta) -> Result<(), SignInError> {
    let expires =
        claims.moment("exp").ok_or(SignInError::Untrusted("it does not say until when it counts"))?;
    let issued = claims.moment("iat").ok_or(SignInError::Untrusted("it does not say when it was issued"))?;
    if expires + SKEW <= now {
        return Err(SignInError::Untrusted("it is over"));
    }
    if issued > now + SKEW || claims.moment("nbf").is_some_and(|from| from > now + SKEW) {
        return Err(SignInError::Untrusted("it does not count yet"));
    }
    if issued < now - oldest - SKEW {
        return Err(SignInError::Untrusted("it was issued too long ago"));
    }
    Ok(())
}
