use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{Because, DomainId, Entropy, StateError, Timestamp};

/// A domain of mail addresses that the organization says is its own. Proven, it leads people to the organization's
/// sign-in and lets the provider's word for their addresses count. It grants nothing (security.md S4).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Domain {
    /// Its id.
    pub id: DomainId,
    /// Its name.
    pub name: DomainName,
    /// What the domain's name servers have to say under `_answerable-challenge`. No secret: anybody can read it there.
    pub challenge: String,
    /// Whether it was proven.
    pub state: DomainState,
    /// When it was claimed.
    pub created_at: Timestamp,
}

/// Whether a domain was proven.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum DomainState {
    /// Claimed: nothing but a note until then.
    Pending {
        /// Until when it can be proven.
        expires_at: Timestamp,
    },
    /// The challenge was found, by whoever asked for it.
    Proven(Because),
    /// The challenge has been gone for longer than the grace.
    Stale(Because),
}

/// The name of a domain in its canonical form: lower case, ASCII (RFC 5890 for others), without a dot at the end.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct DomainName(Box<str>);

/// A text that is not the name of a domain.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected a domain such as `northwind.example`")]
pub struct NotADomain;

/// The longest name (RFC 1035, section 2.3.4), without its final dot.
const NAME_LIMIT: usize = 253;
/// The longest label (RFC 1035, section 2.3.4).
const LABEL_LIMIT: usize = 63;
/// 160 bits: more than the 128 that keep anybody from guessing what will be asked for (security.md S4).
const CHALLENGE_BYTES: usize = 20;
/// How its halves of bytes are written.
const DIGITS: &[u8; 16] = b"0123456789abcdef";

fn is_label(label: &str) -> bool {
    let inside = label.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    !label.is_empty()
        && label.len() <= LABEL_LIMIT
        && inside
        && !label.starts_with('-')
        && !label.ends_with('-')
}

impl FromStr for DomainName {
    type Err = NotADomain;

    fn from_str(text: &str) -> Result<Self, NotADomain> {
        let name = text.trim().trim_end_matches('.').to_ascii_lowercase();
        let labels: Vec<&str> = name.split('.').collect();
        // Two labels at least, the last not a number: `localhost` and addresses are no domains of mail.
        let last_is_word = labels.last().is_some_and(|last| !last.bytes().all(|b| b.is_ascii_digit()));
        let right = labels.len() > 1 && last_is_word && labels.iter().all(|label| is_label(label));
        if right && name.len() <= NAME_LIMIT { Ok(Self(name.into())) } else { Err(NotADomain) }
    }
}

impl TryFrom<String> for DomainName {
    type Error = NotADomain;

    fn try_from(text: String) -> Result<Self, NotADomain> {
        text.parse()
    }
}

impl From<DomainName> for String {
    fn from(name: DomainName) -> Self {
        name.0.into()
    }
}

impl std::borrow::Borrow<str> for DomainName {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for DomainName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl DomainName {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The domain of a mail address. The domain itself only: who proved `northwind.example` proved nothing about
    /// `sales.northwind.example`, which others may run.
    pub fn of_address(address: &str) -> Option<Self> {
        let (before, domain) = address.trim().rsplit_once('@')?;
        if before.is_empty() { None } else { domain.parse().ok() }
    }

    /// Where the challenge is looked for.
    pub fn challenge_name(&self) -> String {
        format!("_answerable-challenge.{self}.")
    }
}

impl DomainState {
    /// The word for it.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Pending { .. } => "pending",
            Self::Proven(_) => "proven",
            Self::Stale(_) => "stale",
        }
    }
}

impl Domain {
    /// Draws what the domain's name servers will have to say.
    pub fn draw_challenge(entropy: &mut dyn Entropy) -> String {
        let mut random = [0; CHALLENGE_BYTES];
        entropy.fill(&mut random);
        let digit = |half: u8| DIGITS.get(usize::from(half)).map_or('0', |digit| char::from(*digit));
        random.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
    }

    /// The record that proves it.
    pub fn record(&self) -> String {
        format!("token={}", self.challenge)
    }

    /// The challenge was found.
    pub fn prove(self, because: Because) -> Result<Self, StateError> {
        match self.state {
            DomainState::Pending { expires_at } if expires_at <= because.at => {
                Err(StateError::new("prove", "expired"))
            }
            DomainState::Proven(_) => Err(StateError::new("prove", "proven")),
            _ => Ok(Self { state: DomainState::Proven(because), ..self }),
        }
    }

    /// The challenge has been gone for longer than the grace.
    pub fn lapse(self, because: Because) -> Result<Self, StateError> {
        match self.state {
            DomainState::Proven(_) => Ok(Self { state: DomainState::Stale(because), ..self }),
            other => Err(StateError::new("lapse", other.as_str())),
        }
    }

    /// Whether it was proven, and still is.
    pub fn is_proven(&self) -> bool {
        matches!(self.state, DomainState::Proven(_))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_domains_are_canonical() {
        for (given, expected) in [
            ("Northwind.Example", Some("northwind.example")),
            ("northwind.example.", Some("northwind.example")),
            (" xn--bcher-kva.example ", Some("xn--bcher-kva.example")),
            ("localhost", None),
            ("10.0.0.1", None),
            ("a..example", None),
            ("-a.example", None),
            ("a_b.example", None),
            ("bücher.example", None),
            ("a.example/x", None),
            ("", None),
        ] {
            let got = given.parse::<DomainName>().ok();
            assert_eq!(got.as_ref().map(DomainName::as_str), expected, "{given:?}");
        }
    }

    #[test]
    fn an_address_is_of_its_last_domain_and_of_no_parent() {
        for (address, expected) in [
            ("maya@northwind.example", Some("northwind.example")),
            ("\"a@b.example\"@northwind.example", Some("northwind.example")),
            ("maya@sales.northwind.example", Some("sales.northwind.example")),
            ("@northwind.example", None),
            ("northwind.example", None),
        ] {
            let got = DomainName::of_address(address);
            assert_eq!(got.as_ref().map(DomainName::as_str), expected, "{address}");
        }
    }
}
