//! Telling a provider that what it gave for a session counts no more (RFC 7009).

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use model::{ClientAuthentication, Timestamp};
use serde::Deserialize;
use url::form_urlencoded::{Serializer, byte_serialize};
use zeroize::Zeroizing;

use crate::error::said;
use crate::exchange::assertion;
use crate::{Asked, Kept, SignIn, SignInError};

const WHAT: &str = "revocation";

/// Why a provider was not told.
#[derive(Debug)]
pub enum NotRevoked {
    /// There is nothing to tell it: nothing was given, it was another provider or client, or it offers no such thing.
    Nothing,
    /// It refuses for good what was told, in its words.
    Refused(String),
    /// It could not be told now.
    Failed(SignInError),
}

/// What a provider says that refuses (RFC 6749, section 5.2).
#[derive(Default, Deserialize)]
struct Refusal {
    #[serde(default)]
    error: String,
    error_description: Option<String>,
}

impl From<SignInError> for NotRevoked {
    fn from(error: SignInError) -> Self {
        Self::Failed(error)
    }
}

impl SignIn {
    /// Tells the provider that the refresh token counts no more, as the client that it was given to.
    pub async fn revoke(&self, asked: &Asked<'_>, kept: &Kept, now: Timestamp) -> Result<(), NotRevoked> {
        // Shown to nobody but whoever gave it.
        let token = kept.refresh.as_ref().filter(|_| asked.made(&kept.identity));
        let token = token.ok_or(NotRevoked::Nothing)?;
        let metadata = self.discover(asked, now).await?;
        let endpoint = metadata.revocation_endpoint.as_deref().ok_or(NotRevoked::Nothing)?;
        let (header, body) = request(asked, token)?;
        let mut headers =
            vec![("content-type", "application/x-www-form-urlencoded"), ("accept", "application/json")];
        headers.extend(header.as_ref().map(|header| ("authorization", header.as_str())));
        let _turn = self.egress.turn(asked.tenant).map_err(SignInError::unreachable(WHAT))?;
        let answer = self.egress.post_bytes(endpoint, &headers, body).await;
        let answer = answer.map_err(SignInError::unreachable(WHAT))?;
        judge(answer.status, &answer.body)
    }
}

/// The header that proves who we are, where one does, and the form.
///
/// Written here, because what writes the requests for tokens insists on `https` for this one alone; which addresses may be
/// asked, `egress` settles for all of them.
pub(crate) fn request(
    asked: &Asked<'_>,
    token: &str,
) -> Result<(Option<Zeroizing<String>>, Vec<u8>), SignInError> {
    let client = &asked.terms.client;
    let secret =
        || asked.secret.ok_or_else(|| SignInError::unusable("client", "its secret was never entered"));
    let mut form = Serializer::new(String::new());
    form.append_pair("token", token).append_pair("token_type_hint", "refresh_token");
    let header = match client.authentication {
        ClientAuthentication::Basic => {
            // Each encoded by itself first (RFC 6749, section 2.3.1).
            let part = |text: &str| byte_serialize(text.as_bytes()).collect::<String>();
            let both = Zeroizing::new(format!("{}:{}", part(&client.id), part(secret()?)));
            Some(Zeroizing::new(format!("Basic {}", BASE64_STANDARD.encode(both.as_bytes()))))
        }
        ClientAuthentication::Post => {
            form.append_pair("client_id", &client.id).append_pair("client_secret", secret()?);
            None
        }
        ClientAuthentication::PrivateKeyJwt | ClientAuthentication::None => {
            form.append_pair("client_id", &client.id);
            form.extend_pairs(assertion(asked)?.into_iter().flatten());
            None
        }
    };
    Ok((header, form.finish().into_bytes()))
}

/// Answers below 500 that say "not now" all the same: it waited too long, it will not answer so early, it was asked too often.
const NOT_NOW: [u16; 3] = [408, 425, 429];

/// A token that the provider does not know counts no more either, and it says yes (section 2.2). What is wrong with our
/// client can be set right, so it is told again later.
pub(crate) fn judge(status: u16, body: &[u8]) -> Result<(), NotRevoked> {
    if (200..300).contains(&status) {
        return Ok(());
    }
    let refusal: Refusal = serde_json::from_slice(body).unwrap_or_default();
    let is_ours = status == 401 || refusal.error == "invalid_client";
    if (400..500).contains(&status) && !NOT_NOW.contains(&status) && !is_ours {
        let words = said(&refusal.error, refusal.error_description.as_deref());
        return Err(NotRevoked::Refused(format!("status {status} {words}").trim().to_owned()));
    }
    Err(SignInError::unusable(WHAT, format!("it answered with status {status}")).into())
}
