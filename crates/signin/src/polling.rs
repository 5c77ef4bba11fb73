//! Asking a transmitter for its signals (RFC 8936).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::{SignIn, SignInError};

const WHAT: &str = "signals";

/// Who is asked.
#[derive(Debug, Clone, Copy)]
pub struct Asks<'a> {
    /// The organization, for the turns at the door to the outside.
    pub tenant: &'a str,
    /// Where.
    pub url: &'a str,
    /// The token that the transmitter gave us.
    pub token: &'a str,
}

/// What became of the signals that it gave before.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Acknowledged {
    /// The names of those that have done what they do.
    pub taken: Vec<String>,
    /// Those that are not believed, by their names.
    pub refused: BTreeMap<String, NotBelieved>,
}

/// Why a signal is not believed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NotBelieved {
    /// The code of RFC 8935, section 2.4.
    pub err: &'static str,
    /// In words.
    pub description: String,
}

/// What the transmitter has.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct Polled {
    /// The signals, by the names that it gives them; unverified.
    #[serde(default)]
    pub sets: BTreeMap<String, String>,
    /// Whether there are more.
    #[serde(default, rename = "moreAvailable")]
    pub has_more: bool,
}

impl Acknowledged {
    /// Whether there is nothing to be told.
    pub fn is_empty(&self) -> bool {
        self.taken.is_empty() && self.refused.is_empty()
    }
}

impl SignIn {
    /// Tells what became of the signals before, and asks for at most `most` further ones; for none: only tells. It does
    /// not wait for any to come about.
    pub async fn poll(
        &self,
        asks: Asks<'_>,
        before: &Acknowledged,
        most: usize,
    ) -> Result<Polled, SignInError> {
        let mut question = json!({ "maxEvents": most, "returnImmediately": true });
        if let Some(question) = question.as_object_mut() {
            if !before.taken.is_empty() {
                question.insert("ack".to_owned(), json!(before.taken));
            }
            if !before.refused.is_empty() {
                question.insert("setErrs".to_owned(), json!(before.refused));
            }
        }
        let bearer = format!("Bearer {}", asks.token);
        let headers = [("authorization", bearer.as_str()), ("accept", "application/json")];
        let answer = {
            let _turn = self.egress.turn(asks.tenant).map_err(SignInError::unreachable(WHAT))?;
            self.egress.post_json(asks.url, &headers, &question).await
        };
        let answer = answer.map_err(SignInError::unreachable(WHAT))?;
        match answer.status {
            200 => serde_json::from_slice(&answer.body)
                .map_err(|_| SignInError::unusable(WHAT, "the answer is not the JSON it has to be")),
            // Told, and nothing asked for: there is nothing to be said.
            202 | 204 => Ok(Polled::default()),
            401 | 403 => Err(SignInError::unusable(WHAT, "the transmitter does not accept the token")),
            status => Err(SignInError::unusable(WHAT, format!("the transmitter answered {status}"))),
        }
    }
}
