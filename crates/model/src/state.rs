use serde::{Deserialize, Serialize};

use crate::{PrincipalId, Timestamp};

/// When a state was entered, who brought it about, and why, in their words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Because {
    /// When.
    pub at: Timestamp,
    /// Who. None where no principal did: a leak report, an operator's command.
    pub by: Option<PrincipalId>,
    /// Why, as given; may be empty.
    pub reason: String,
}

/// A transition that its state does not know.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("cannot {verb} what is {state}")]
pub struct StateError {
    /// The verb that was tried.
    pub verb: &'static str,
    /// The state that refused it.
    pub state: &'static str,
}

impl StateError {
    pub(crate) fn new(verb: &'static str, state: &'static str) -> Self {
        Self { verb, state }
    }
}
