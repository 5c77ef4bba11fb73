//! Timing one part by itself, over and over.

use std::hint::black_box;
use std::time::Instant;

/// How often a part is timed; the median of the rounds is what counts, so that a disturbed one does not.
const ROUNDS: usize = 9;

/// The median time of one call of `part`, in nanoseconds, over rounds of so many calls. Each call gets its number.
pub(crate) fn nanoseconds<T>(calls: u32, mut part: impl FnMut(u32) -> T) -> f64 {
    let mut rounds: Vec<f64> = (0..ROUNDS)
        .map(|_| {
            let began = Instant::now();
            for number in 0..calls {
                black_box(part(black_box(number)));
            }
            began.elapsed().as_secs_f64() * 1e9 / f64::from(calls)
        })
        .collect();
    median(&mut rounds)
}

/// The middle one.
pub(crate) fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

/// The memory that this process holds now, in bytes (Linux).
pub(crate) fn resident_bytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kibibytes: u64 = line.split_whitespace().next()?.parse().ok()?;
    Some(kibibytes * 1024)
}
