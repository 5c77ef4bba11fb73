//! Which stretch of time the pictures show: an address of its own for each.

use chrono::{TimeDelta, Timelike};
use model::Timestamp;
use serde::Deserialize;

use crate::pages::Zone;
use crate::pages::picture::Bar;

/// The window that is asked for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    /// `48h`, `7d` or `30d`; anything else is the shortest.
    pub(super) window: String,
}

/// A stretch of time that ends with the hour or the day that is under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Window {
    /// Two days, hour by hour.
    Hours48,
    /// A week, in quarters of days.
    Days7,
    /// A month, day by day.
    Days30,
}

impl Window {
    /// All of them, as they are chosen from.
    pub(super) const ALL: [Self; 3] = [Self::Hours48, Self::Days7, Self::Days30];

    pub(super) fn of(asked: &Asked) -> Self {
        Self::ALL.into_iter().find(|window| window.code() == asked.window).unwrap_or(Self::Hours48)
    }

    /// Its word in addresses.
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Hours48 => "48h",
            Self::Days7 => "7d",
            Self::Days30 => "30d",
        }
    }

    /// Its name.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Hours48 => "48 hours",
            Self::Days7 => "7 days",
            Self::Days30 => "30 days",
        }
    }

    /// How many columns, and how many hours each has.
    pub(super) fn stretches(self) -> (usize, u16) {
        match self {
            Self::Hours48 => (48, 1),
            Self::Days7 => (28, 6),
            Self::Days30 => (30, 24),
        }
    }

    /// How many days it touches.
    pub(super) fn days(self) -> u16 {
        match self {
            Self::Hours48 => 2,
            Self::Days7 => 7,
            Self::Days30 => 30,
        }
    }

    /// When it begins: a whole hour. Longer ones begin with a day of the reader's.
    pub(super) fn begins(self, now: Timestamp, zone: Zone) -> Timestamp {
        let hour = |at: Timestamp| {
            at.with_minute(0).and_then(|at| at.with_second(0)).and_then(|at| at.with_nanosecond(0))
        };
        let begins = match self {
            Self::Hours48 => now - TimeDelta::hours(47),
            Self::Days7 | Self::Days30 => zone.midnight(now) - TimeDelta::days(i64::from(self.days()) - 1),
        };
        hour(begins).unwrap_or(begins)
    }

    /// Where a column begins.
    pub(super) fn begin_of(self, from: Timestamp, column: usize) -> Timestamp {
        let hours = i64::from(self.stretches().1).saturating_mul(i64::try_from(column).unwrap_or(0));
        from + TimeDelta::hours(hours)
    }

    /// A column in words, without its numbers.
    pub(super) fn column(self, from: Timestamp, column: usize, zone: Zone) -> Bar {
        let (begin, end) = (self.begin_of(from, column), self.begin_of(from, column + 1));
        let when = match self {
            Self::Days30 => zone.day(begin).text,
            Self::Hours48 | Self::Days7 => format!("{} to {}", zone.moment(begin).text, zone.hour(end)),
        };
        Bar { when, ..Bar::default() }
    }

    /// What stands under the picture.
    pub(super) fn axis(self, from: Timestamp, zone: Zone) -> [String; 3] {
        let middle = self.begin_of(from, self.stretches().0 / 2);
        match self {
            Self::Hours48 => [zone.moment(from).text, zone.moment(middle).text, "now".to_owned()],
            Self::Days7 | Self::Days30 => [zone.day(from).text, zone.day(middle).text, "today".to_owned()],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_ends_with_what_is_under_way_and_begins_with_a_whole_hour() {
        let now: Timestamp = "2026-11-26T13:42:03.004Z".parse().unwrap();
        let berlin = Zone::named("Europe/Berlin").unwrap();
        for (window, begins) in [
            (Window::Hours48, "2026-11-24T14:00:00Z"),
            (Window::Days7, "2026-11-19T23:00:00Z"),
            (Window::Days30, "2026-10-27T23:00:00Z"),
        ] {
            let from = window.begins(now, berlin);
            assert_eq!(from, begins.parse::<Timestamp>().unwrap(), "{window:?}");
            let (columns, _) = window.stretches();
            assert!(
                window.begin_of(from, columns) > now
                    && window.begin_of(from, columns) - now <= TimeDelta::days(1)
            );
        }
    }

    #[test]
    fn what_is_not_known_is_the_shortest() {
        for (asked, window) in
            [("", Window::Hours48), ("7d", Window::Days7), ("30d", Window::Days30), ("1y", Window::Hours48)]
        {
            assert_eq!(Window::of(&Asked { window: asked.to_owned() }), window);
        }
    }
}
