//! A provider says that somebody's session with it has ended (OpenID Connect Back-Channel Logout 1.0).

use chrono::TimeDelta;
use model::Timestamp;

use crate::id_token::{in_time, issued_for_us};
use crate::jws::Token;
use crate::{Asked, Claims, SignIn, SignInError};

/// A token counts for two minutes after it was issued (security.md S7, ASVS 10.5.5).
const OLDEST: TimeDelta = TimeDelta::minutes(2);

/// The event that makes a token one of these.
const EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";

/// The longest name of a token that is kept.
const LONGEST_NAME: usize = 255;

/// Whose session has ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoggedOut {
    /// Who, to the provider. All their sessions, where none is named.
    pub subject: Option<String>,
    /// Which session, in the provider's words.
    pub session: Option<String>,
    /// The token's own name, by which it counts once.
    pub name: String,
    /// Until when the name has to be remembered.
    pub remembered_until: Timestamp,
}

impl SignIn {
    /// Verifies a logout token of a connection's provider. That it counts once is the caller's to see to.
    pub async fn logged_out(
        &self,
        asked: &Asked<'_>,
        token: &str,
        now: Timestamp,
    ) -> Result<LoggedOut, SignInError> {
        let token = Token::parse(token)?;
        // Some providers leave the kind out; one that names another kind means something else.
        if token.kind().is_some_and(|kind| kind != "logout+jwt") {
            return Err(SignInError::Untrusted("it is another kind of token"));
        }
        let metadata = self.discover(asked, now).await?;
        let keys = self.keys_for(asked, &metadata, &token, now).await?;
        let claims = Claims(token.verify(&keys)?);
        read(&claims, asked, now)
    }
}

fn read(claims: &Claims, asked: &Asked<'_>, now: Timestamp) -> Result<LoggedOut, SignInError> {
    issued_for_us(claims, &asked.terms.issuer, &asked.terms.client.id)?;
    in_time(claims, now, OLDEST)?;
    if !claims.0.get("events").and_then(|events| events.get(EVENT)).is_some_and(serde_json::Value::is_object)
    {
        return Err(SignInError::Untrusted("it is not about signing out"));
    }
    // With a nonce it could be an identity token that somebody kept.
    if claims.0.contains_key("nonce") {
        return Err(SignInError::Untrusted("it answers a sign-in"));
    }
    let text = |name: &str| claims.text(name).filter(|text| !text.is_empty()).map(ToOwned::to_owned);
    let name = text("jti").filter(|name| name.len() <= LONGEST_NAME);
    let name = name.ok_or(SignInError::Untrusted("it has no name of its own"))?;
    let (subject, session) = (text("sub"), text("sid"));
    if subject.is_none() && session.is_none() {
        return Err(SignInError::Untrusted("it does not say whose session has ended"));
    }
    Ok(LoggedOut { subject, session, name, remembered_until: now + OLDEST + OLDEST })
}
