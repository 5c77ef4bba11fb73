//! Two organizations and a call.

use decision::{Decision, decide};
use model::Snapshot;

use crate::ask::Ask;
use crate::edits::Facts;

/// The organization that is asked, the one that some principals come from, and the call.
#[derive(Debug, Clone)]
pub(crate) struct Case {
    pub(crate) host: Facts,
    pub(crate) away: Facts,
    pub(crate) ask: Ask,
}

impl Case {
    pub(crate) fn decide(&self) -> Decision {
        decided(&self.host.snapshot(), &self.away.snapshot(), &self.ask)
    }
}

/// The engine's answer.
pub(crate) fn decided(host: &Snapshot, away: &Snapshot, ask: &Ask) -> Decision {
    let home = if ask.abroad { away } else { host };
    decide(&decision::Facts { host, home }, ask.call())
}
