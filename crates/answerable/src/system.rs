//! The real clock and the real chance. Nothing else in the house has either.

use std::cell::RefCell;
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
    /// Ids come out of a stock, secrets straight from the operating system.
    fn fill(&self, bytes: &mut [u8]) {
        if bytes.len() > STOCKED {
            return draw(bytes);
        }
        STOCK.with_borrow_mut(|stock| stock.fill(bytes));
    }
}

/// An id takes at most so many random bytes; a secret takes more.
const STOCKED: usize = 16;
/// The random bytes of some fifty ids.
const STOCK_BYTES: usize = 512;

thread_local! {
    static STOCK: RefCell<Stock> = const { RefCell::new(Stock { bytes: [0; STOCK_BYTES], left: 0 }) };
}

/// Random bytes drawn ahead, for one thread: to ask the operating system for each of a call's ids costs as much as to
/// read the call. Each byte is given out once and then wiped.
struct Stock {
    bytes: [u8; STOCK_BYTES],
    left: usize,
}

impl Stock {
    fn fill(&mut self, bytes: &mut [u8]) {
        if self.left < bytes.len() {
            draw(&mut self.bytes);
            self.left = STOCK_BYTES;
        }
        let from = self.left - bytes.len();
        for (given, taken) in bytes.iter_mut().zip(self.bytes.iter_mut().skip(from)) {
            *given = std::mem::take(taken);
        }
        self.left = from;
    }
}

/// # Panics
///
/// Where the operating system has no random bytes: no key or id made after that could be trusted.
#[expect(clippy::panic, reason = "without randomness nothing here is safe; there is nothing to fall back on")]
fn draw(bytes: &mut [u8]) {
    if let Err(error) = getrandom::fill(bytes) {
        panic!("the operating system gives no random bytes: {error}");
    }
}

/// The world as it is.
pub(crate) fn world() -> World {
    World { clock: Arc::new(SystemClock { started: Instant::now() }), chance: Arc::new(SystemChance) }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_drawing_is_given_out_twice() {
        for length in [1, 10, STOCKED, STOCKED + 1, 32] {
            let drawn: Vec<Vec<u8>> = (0..200)
                .map(|_| {
                    let mut bytes = vec![0; length];
                    SystemChance.fill(&mut bytes);
                    bytes
                })
                .collect();
            let different = drawn.iter().collect::<BTreeSet<_>>().len();
            // Of single bytes some are equal by chance, as they should be.
            assert!(different == drawn.len() || length == 1, "{length} bytes: {different} different");
            assert!(drawn.iter().flatten().any(|byte| *byte != 0));
        }
    }
}
