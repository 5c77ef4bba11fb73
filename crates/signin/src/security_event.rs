//! What a provider tells between two sign-ins: a security event token (RFC 8417), as the Shared Signals Framework sends it.

use chrono::TimeDelta;
use model::{ConnectionId, Timestamp};
use serde_json::{Map, Value};

use crate::cache::Asking;
use crate::id_token::issued_for_us;
use crate::jws::Token;
use crate::{Claims, SignIn, SignInError};

/// A clock may be ahead of ours by so much.
const AHEAD: TimeDelta = TimeDelta::minutes(1);

/// The longest name of a token that is kept.
const LONGEST_NAME: usize = 255;

/// Who is believed, and for whom they speak.
#[derive(Debug, Clone, Copy)]
pub struct Transmitter<'a> {
    /// The organization, for the turns at the door to the outside.
    pub tenant: &'a str,
    /// What its keys are remembered by.
    pub stream: ConnectionId,
    /// Who it says it is.
    pub issuer: &'a str,
    /// To whom it speaks.
    pub audience: &'a str,
    /// Where its keys are.
    pub jwks_url: &'a str,
    /// How old a token may be.
    pub oldest: TimeDelta,
}

/// What was told.
#[derive(Debug, Clone, PartialEq)]
pub struct SecurityEvent {
    /// The token's own name, by which it counts once.
    pub name: String,
    /// The type of the event.
    pub kind: String,
    /// Who is meant, as a subject identifier; none where the event says none.
    pub subject: Option<Value>,
}

impl SignIn {
    /// Verifies a security event token. That it counts once is the caller's to see to.
    pub async fn security_event(
        &self,
        from: &Transmitter<'_>,
        token: &str,
        now: Timestamp,
    ) -> Result<SecurityEvent, SignInError> {
        let token = Token::parse(token)?;
        // An identity token or an access token of the same provider is no signal.
        if token.kind().as_deref() != Some("secevent+jwt") {
            return Err(SignInError::Untrusted("it is another kind of token"));
        }
        let asking = Asking { tenant: from.tenant, connection: from.stream, now };
        let keys = self.keys.get(asking, from.jwks_url, |keys| token.has_key_in(keys)).await?;
        let claims = Claims(token.verify(&keys)?);
        issued_for_us(&claims, from.issuer, from.audience)?;
        let issued =
            claims.0.get("iat").and_then(Value::as_i64).and_then(|at| Timestamp::from_timestamp(at, 0));
        let issued = issued.ok_or(SignInError::Untrusted("it does not say when it was issued"))?;
        if issued > now + AHEAD || issued < now - from.oldest {
            return Err(SignInError::Untrusted("it is too old, or from the future"));
        }
        read(&claims.0)
    }
}

fn read(claims: &Map<String, Value>) -> Result<SecurityEvent, SignInError> {
    let name = claims.get("jti").and_then(Value::as_str);
    let name = name.filter(|name| !name.is_empty() && name.len() <= LONGEST_NAME);
    let name = name.ok_or(SignInError::Untrusted("it has no name of its own"))?.to_owned();
    let mut events = claims.get("events").and_then(Value::as_object).into_iter().flatten();
    // The interoperability profile: exactly one event.
    let (Some((kind, event)), None) = (events.next(), events.next()) else {
        return Err(SignInError::Untrusted("it tells of no event, or of several"));
    };
    let subject = claims.get("sub_id").or_else(|| event.get("subject")).cloned();
    Ok(SecurityEvent { name, kind: kind.clone(), subject })
}
