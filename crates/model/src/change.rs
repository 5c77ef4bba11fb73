use serde::{Deserialize, Serialize};

use crate::{DecisionId, Fact, KeyId, PrincipalId, Timestamp, UserId};

/// How many transactions have changed an organization. Zero: it does not exist yet. One transaction, one revision,
/// however many facts it changes: no revision shows half a cascade.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Revision(pub u64);

impl Revision {
    /// The next one.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }
}

/// Who made a change, and who answers for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// The principal that acted. None: the operator, or the system following a rule.
    pub principal: Option<PrincipalId>,
    /// The owner, where an agent acted.
    pub owner: Option<UserId>,
    /// The key it acted with.
    pub key: Option<KeyId>,
}

/// One fact before and after. Neither: nothing. Only before: gone. Only after: new.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Edit {
    /// What was.
    pub before: Option<Fact>,
    /// What is.
    pub after: Option<Fact>,
}

impl Edit {
    /// A fact comes into being.
    pub fn create(after: impl Into<Fact>) -> Self {
        Self { before: None, after: Some(after.into()) }
    }

    /// A fact takes the place of its older self.
    pub fn update(before: impl Into<Fact>, after: impl Into<Fact>) -> Self {
        Self { before: Some(before.into()), after: Some(after.into()) }
    }

    /// A fact goes.
    pub fn remove(before: impl Into<Fact>) -> Self {
        Self { before: Some(before.into()), after: None }
    }

    /// The fact it is about: what is, or else what was.
    pub fn subject(&self) -> Option<&Fact> {
        self.after.as_ref().or(self.before.as_ref())
    }
}

/// One numbered edit of an organization's facts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// The transaction that made it.
    pub revision: Revision,
    /// Its place within the transaction, from zero.
    pub position: u32,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub actor: Actor,
    /// What was done, as a verb on a noun, for example `agent.pause`.
    pub action: String,
    /// The decision that permitted it.
    pub decision: Option<DecisionId>,
    /// What it did.
    pub edit: Edit,
}
