//! How long somebody who could not be asked is left in peace.

use chrono::TimeDelta;

/// `first`, doubled with each failure in a row before this one, and never longer than `longest`: who was away for a moment
/// is soon asked again, and who comes back is heard without a long wait.
pub(crate) fn after(failures: u64, first: TimeDelta, longest: TimeDelta) -> TimeDelta {
    let doubled = u32::try_from(failures).ok().and_then(|times| 2_i32.checked_pow(times));
    doubled.and_then(|times| first.checked_mul(times)).map_or(longest, |pause| pause.min(longest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_up_to_the_longest() {
        let of = |first: TimeDelta, longest: TimeDelta| move |n: u64| after(n, first, longest).num_seconds();
        let stream = of(TimeDelta::seconds(10), TimeDelta::minutes(15));
        assert_eq!([0, 1, 2, 6, 7, 40, u64::MAX].map(stream), [10, 20, 40, 640, 900, 900, 900]);
        let provider = of(TimeDelta::minutes(1), TimeDelta::minutes(10));
        assert_eq!([0, 1, 2, 3, 4, 40, u64::MAX].map(provider), [60, 120, 240, 480, 600, 600, 600]);
    }
}
