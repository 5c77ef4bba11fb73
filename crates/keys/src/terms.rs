//! How long keys and graces last, with the reason of each length (security.md K4 and K5).

use chrono::TimeDelta;
use model::{KeyKind, Timestamp, to_micros};

use crate::KeyError;

/// How long a key lasts unless its maker says otherwise: a quarter, long enough not to be felt as a burden and
/// short enough that rotating stays a habit.
pub const DEFAULT_LIFE: TimeDelta = TimeDelta::days(90);
/// How long a key may last at most: a year, so that no key outlives the yearly review of who holds what.
pub const MAX_LIFE: TimeDelta = TimeDelta::days(365);
/// The grace of keys that sit in one place, where whoever rotates can put the new one in at once: an agent's (its
/// owner does it alone) and a management key, which can do the most harm and has one person as its user.
pub const SHORT_GRACE: TimeDelta = TimeDelta::minutes(15);
/// The grace of keys that sit in deployed configuration: a robot's and a gateway's. A rollout to every node may
/// wait for a nightly release, and a gateway without a key stops every agent behind it.
pub const LONG_GRACE: TimeDelta = TimeDelta::hours(24);
/// The longest grace, counted from the moment it is asked for: a month lets a monthly release carry the new key.
/// Beyond that, two secrets for one purpose are a habit and no rotation.
pub const MAX_GRACE: TimeDelta = TimeDelta::days(30);

/// The grace of a rotation in which none was chosen.
pub fn default_grace(kind: KeyKind) -> TimeDelta {
    match kind {
        KeyKind::Agent | KeyKind::Management | KeyKind::Delegated => SHORT_GRACE,
        KeyKind::Robot | KeyKind::Gateway | KeyKind::Scim => LONG_GRACE,
    }
}

/// The grace to use: the one asked for if it is possible, else the default of that kind.
pub(crate) fn grace(asked: Option<TimeDelta>, kind: KeyKind) -> Result<TimeDelta, KeyError> {
    let grace = asked.unwrap_or_else(|| default_grace(kind));
    if grace < TimeDelta::zero() {
        return Err(KeyError::GraceNegative);
    }
    if grace > MAX_GRACE {
        return Err(KeyError::GraceTooLong { longest: MAX_GRACE });
    }
    Ok(grace)
}

/// When a key made now ends: as asked for if that is possible, else after the default life. Whole microseconds.
pub(crate) fn end(asked: Option<Timestamp>, now: Timestamp) -> Result<Timestamp, KeyError> {
    let end = to_micros(asked.unwrap_or_else(|| after(now, DEFAULT_LIFE)));
    let latest = after(now, MAX_LIFE);
    if end <= now {
        return Err(KeyError::EndTooEarly);
    }
    if end > latest {
        return Err(KeyError::EndTooLate { latest });
    }
    Ok(end)
}

/// A moment later by that much, whole microseconds. At the end of the calendar it stays there.
pub(crate) fn after(moment: Timestamp, by: TimeDelta) -> Timestamp {
    moment.checked_add_signed(by).map_or(Timestamp::MAX_UTC, to_micros)
}
