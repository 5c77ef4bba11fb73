//! The real clock and the real chance. Nothing else in the house has either.

use std::sync::Arc;
use std::time::{Duration, Instant};

use enforcement::{Chance, Clock, World};
use model::{Timestamp, to_micros};

struct SystemClock {
    started: Instant,
}

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the wall clock")]
    fn now(&self) -> Timestamp {
        to_micros(chrono::Utc::now())
    }

    fn monotonic(&self) -> Duration {
        self.started.elapsed()
    }
}

struct SystemChance;

impl Chance for SystemChance {
    /// # Panics
    ///
    /// Where the operating system has no random bytes: no key or id made after that could be trusted.
    #[expect(
        clippy::panic,
        reason = "without randomness nothing here is safe; there is nothing to fall back on"
    )]
    fn fill(&self, bytes: &mut [u8]) {
        if let Err(error) = getrandom::fill(bytes) {
            panic!("the operating system gives no random bytes: {error}");
        }
    }
}

/// The world as it is.
pub(crate) fn world() -> World {
    World { clock: Arc::new(SystemClock { started: Instant::now() }), chance: Arc::new(SystemChance) }
}
