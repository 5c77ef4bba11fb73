//! A clock that moves only when told.

use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};

/// A clock turned by hand; clones show the same time.
#[derive(Clone, Debug)]
pub struct FixedClock(Arc<Mutex<DateTime<Utc>>>);

impl FixedClock {
    /// Starts at the given moment.
    pub fn at(start: DateTime<Utc>) -> Self {
        Self(Arc::new(Mutex::new(start)))
    }

    /// Starts at a moment written as RFC 3339, such as `2026-11-02T14:00:00Z`.
    pub fn at_text(start: &str) -> Self {
        Self::at(start.parse().expect("a moment in RFC 3339"))
    }

    /// What the clock shows.
    pub fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Turns the clock forward, or back with a negative step.
    pub fn advance(&self, step: TimeDelta) {
        let mut shown = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *shown += step;
    }

    /// Sets the clock to a moment.
    pub fn set(&self, moment: DateTime<Utc>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = moment;
    }
}
