use chrono::{DateTime, Utc};

/// A moment in UTC. Always whole microseconds: see [`to_micros`].
pub type Timestamp = DateTime<Utc>;

/// Cuts a moment down to whole microseconds.
///
/// PostgreSQL keeps microseconds and SQLite would keep nanoseconds: without the cut, a fact read back from a
/// table would differ from the fact that was written, and a rebuilt snapshot from a folded one.
pub fn to_micros(at: Timestamp) -> Timestamp {
    DateTime::from_timestamp_micros(at.timestamp_micros()).unwrap_or(at)
}
