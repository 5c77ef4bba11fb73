use app::Reading;
use decision::{Action, On, Reason};

/// Whether the reader may do something, and if not, why: what stands beside a button that cannot be pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ability {
    /// Why not, in words for the reader. None: they may.
    pub reason: Option<&'static str>,
}

impl Ability {
    /// Asks the same function that decides when the button is pressed.
    pub fn of(reading: &Reading, action: Action, on: On) -> Self {
        Self { reason: reading.why_not(action, on).map(Reason::say) }
    }

    /// They may not, for that reason.
    pub fn never(reason: &'static str) -> Self {
        Self { reason: Some(reason) }
    }

    /// Whether they may.
    pub fn yes(&self) -> bool {
        self.reason.is_none()
    }

    /// They may, unless that keeps it from making sense now.
    #[must_use]
    pub fn unless(self, obstacle: bool, reason: &'static str) -> Self {
        if self.yes() && obstacle { Self::never(reason) } else { self }
    }
}
