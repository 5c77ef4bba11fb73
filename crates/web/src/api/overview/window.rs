//! How far back the numbers go, and in which stretches they are counted.

use chrono::{TimeDelta, Timelike};
use model::Timestamp;

use crate::Problem;
use crate::api::words::one_of;
use crate::pages::Zone;

/// A length of time that ends with the hour or the day that is under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Window {
    /// Its word.
    pub(super) code: &'static str,
    /// How many stretches it has, and how many whole hours each.
    pub(super) stretches: (usize, u16),
    /// How many days it touches.
    days: i64,
}

/// All of them, the shortest first.
const ALL: [Window; 3] = [
    Window { code: "48h", stretches: (48, 1), days: 2 },
    Window { code: "7d", stretches: (28, 6), days: 7 },
    Window { code: "30d", stretches: (30, 24), days: 30 },
];

impl Window {
    /// The window of a word; the shortest, where nothing is said.
    pub(super) fn read(word: Option<&str>) -> Result<Self, Problem> {
        let [shortest, ..] = ALL;
        let word = one_of("window", word, &ALL.map(|window| window.code))?;
        Ok(ALL.into_iter().find(|window| Some(window.code) == word).unwrap_or(shortest))
    }

    /// When it begins: a whole hour. Longer ones begin with a day of the reader's.
    pub(super) fn begins(self, now: Timestamp, zone: Zone) -> Timestamp {
        let begins = match self.stretches {
            (hours, 1) => now - TimeDelta::hours(i64::try_from(hours).unwrap_or(0) - 1),
            _ => zone.midnight(now) - TimeDelta::days(self.days - 1),
        };
        let minute = begins.with_minute(0).and_then(|at| at.with_second(0));
        minute.and_then(|at| at.with_nanosecond(0)).unwrap_or(begins)
    }

    /// Where a stretch begins.
    pub(super) fn begin_of(self, from: Timestamp, stretch: usize) -> Timestamp {
        let hours = i64::from(self.stretches.1).saturating_mul(i64::try_from(stretch).unwrap_or(0));
        from + TimeDelta::hours(hours)
    }
}

/// The zone of an IANA name; UTC, where nothing is said.
pub(super) fn zone(name: Option<&str>) -> Result<Zone, Problem> {
    let Some(name) = name.filter(|name| !name.is_empty()) else { return Ok(Zone::default()) };
    Zone::named(name)
        .ok_or_else(|| Problem::invalid_field("zone", "expected the IANA name of a zone: Europe/Berlin"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_end_with_what_is_under_way() {
        let now: Timestamp = "2026-11-26T13:40:11Z".parse().unwrap();
        for (word, from, until) in [
            (None, "2026-11-24T14:00:00Z", "2026-11-26T14:00:00Z"),
            (Some("48h"), "2026-11-24T14:00:00Z", "2026-11-26T14:00:00Z"),
            (Some("7d"), "2026-11-19T23:00:00Z", "2026-11-26T23:00:00Z"),
            (Some("30d"), "2026-10-27T23:00:00Z", "2026-11-26T23:00:00Z"),
        ] {
            let window = Window::read(word).unwrap();
            let begins = window.begins(now, zone(Some("Europe/Berlin")).unwrap());
            assert_eq!(begins, from.parse::<Timestamp>().unwrap(), "{word:?}");
            let ends = window.begin_of(begins, window.stretches.0);
            assert_eq!(ends, until.parse::<Timestamp>().unwrap(), "{word:?}");
        }
    }

    #[test]
    fn what_is_not_known_is_refused() {
        assert!(Window::read(Some("1y")).is_err());
        assert!(zone(Some("Mars/Olympus")).is_err());
        assert_eq!(zone(None).unwrap(), Zone::default());
    }
}
