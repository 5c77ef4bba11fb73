//! What a provider says of somebody.

use chrono::TimeDelta;
use model::Timestamp;
use serde_json::{Map, Value};

use crate::SignInError;

/// The longest subject (OpenID Connect Core, section 2).
const LONGEST_SUBJECT: usize = 255;

/// How far clocks may be apart.
pub(crate) const SKEW: TimeDelta = TimeDelta::seconds(60);

/// Verified claims, by name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Claims(pub Map<String, Value>);

/// The groups that somebody is in, as far as the provider says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Groups {
    /// Exactly these.
    Named(Vec<String>),
    /// More than fit into a token: they have to be asked for there, or wherever the provider's kind keeps them.
    Elsewhere(Option<String>),
    /// It says nothing about groups.
    Unsaid,
}

impl Claims {
    /// A claim that is text.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name)?.as_str()
    }

    /// A claim that is a moment, in seconds since 1970.
    pub fn moment(&self, name: &str) -> Option<Timestamp> {
        let seconds = self.0.get(name)?;
        let seconds = seconds.as_i64().or_else(|| seconds.as_f64().map(whole))?;
        Timestamp::from_timestamp(seconds, 0)
    }

    /// The texts of a claim that is a list of texts, or one text.
    pub fn texts(&self, name: &str) -> Option<Vec<String>> {
        match self.0.get(name)? {
            Value::String(one) => Some(vec![one.clone()]),
            Value::Array(many) => many.iter().map(|value| value.as_str().map(ToOwned::to_owned)).collect(),
            _ => None,
        }
    }

    /// Who it is to the provider: never empty.
    pub(crate) fn subject(&self) -> Result<&str, SignInError> {
        self.text("sub")
            .filter(|subject| !subject.trim().is_empty() && subject.len() <= LONGEST_SUBJECT)
            .ok_or(SignInError::Untrusted("it does not say who you are"))
    }

    /// Whether the address was verified. Only the word `true` itself says so: not its absence, and not the text.
    pub fn has_verified_address(&self) -> bool {
        self.0.get("email_verified") == Some(&Value::Bool(true))
    }

    /// What it says about groups, under that name. Entra names more than 200 by reference (`_claim_names`, or
    /// `hasgroups`), which is no word for being in none.
    pub fn groups(&self, claim: &str) -> Groups {
        if let Some(groups) = self.texts(claim) {
            return Groups::Named(groups);
        }
        let source = self.0.get("_claim_names").and_then(|names| names.get(claim)).and_then(Value::as_str);
        if let Some(source) = source {
            let sources = self.0.get("_claim_sources").and_then(|sources| sources.get(source));
            let endpoint = sources.and_then(|source| source.get("endpoint")).and_then(Value::as_str);
            return Groups::Elsewhere(endpoint.map(ToOwned::to_owned));
        }
        match self.0.get("hasgroups") {
            Some(Value::Bool(true)) => Groups::Elsewhere(None),
            Some(Value::String(text)) if text == "true" => Groups::Elsewhere(None),
            _ => Groups::Unsaid,
        }
    }

    /// These claims, and those of the others that are not among them.
    #[must_use]
    pub(crate) fn and(mut self, others: Map<String, Value>) -> Self {
        for (name, value) in others {
            self.0.entry(name).or_insert(value);
        }
        self
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a moment of a fraction of a second; it is cut, and saturates"
)]
fn whole(seconds: f64) -> i64 {
    seconds as i64
}
