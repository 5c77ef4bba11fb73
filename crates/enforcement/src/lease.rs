use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// The right to answer, held for a bounded time.
///
/// Counted on the node's own monotonic clock from before the renewal was sent: however long the answer took, the
/// facts were true at some moment after that. A node that cannot renew stops answering when its lease runs out, so
/// no node answers from facts older than the lease, whatever is paused, partitioned or lost.
#[derive(Debug)]
pub struct Lease {
    length: Duration,
    /// Microseconds on the monotonic clock. Zero: never held.
    ends: AtomicU64,
}

impl Lease {
    /// A lease of that length, not held yet.
    pub fn new(length: Duration) -> Self {
        Self { length, ends: AtomicU64::new(0) }
    }

    /// Extends it, counted from the moment before the renewal was sent. Never shortens it.
    pub fn renewed(&self, sent: Duration) {
        let ends = u64::try_from((sent + self.length).as_micros()).unwrap_or(u64::MAX);
        self.ends.fetch_max(ends, Ordering::AcqRel);
    }

    /// Whether it is held at that moment.
    pub fn is_held(&self, monotonic: Duration) -> bool {
        let now = u64::try_from(monotonic.as_micros()).unwrap_or(u64::MAX);
        now < self.ends.load(Ordering::Acquire)
    }

    /// How long it lasts from a renewal.
    pub fn length(&self) -> Duration {
        self.length
    }

    /// Gives it back: nothing is answered until it is renewed.
    pub fn release(&self) {
        self.ends.store(0, Ordering::Release);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lease_runs_from_before_its_renewal_was_sent() {
        let second = Duration::from_secs;
        let lease = Lease::new(second(2));
        assert!(!lease.is_held(second(0)), "never renewed");
        lease.renewed(second(10));
        assert!(lease.is_held(second(11)));
        assert!(!lease.is_held(second(12)), "the end belongs to the time after");
        lease.renewed(second(9));
        assert!(lease.is_held(second(11)), "a late answer to an early renewal shortens nothing");
        lease.release();
        assert!(!lease.is_held(second(11)));
    }
}
