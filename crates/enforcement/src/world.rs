use std::sync::Arc;
use std::time::Duration;

use model::{Entropy, Timestamp};

/// Two clocks, passed in: what time it is, and how much time has passed.
pub trait Clock: Send + Sync {
    /// The time of day in UTC, in whole microseconds.
    fn now(&self) -> Timestamp;
    /// Time since some fixed moment, never going back: what leases are counted on.
    fn monotonic(&self) -> Duration;
}

/// Where random bytes come from.
pub trait Chance: Send + Sync {
    /// Fills `bytes` with random bytes.
    fn fill(&self, bytes: &mut [u8]);
}

/// Everything that is not a function of its inputs.
#[derive(Clone)]
pub struct World {
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// Where random bytes come from.
    pub chance: Arc<dyn Chance>,
}

impl World {
    /// The time of day.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// The chance as the pure crates want it.
    pub fn entropy(&self) -> impl Entropy + '_ {
        Drawing(self.chance.as_ref())
    }
}

struct Drawing<'a>(&'a dyn Chance);

impl Entropy for Drawing<'_> {
    fn fill(&mut self, bytes: &mut [u8]) {
        self.0.fill(bytes);
    }
}
