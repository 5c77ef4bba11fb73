//! Times as a person reads them: in their zone, which the text carries, with the exact time in UTC behind it.

use std::fmt;

use actix_web::HttpRequest;
use askama::filters::HtmlSafe;
use chrono::{DateTime, SecondsFormat, TimeZone, Utc};
use chrono_tz::Tz;

use super::cookies;

/// Its cookie: an IANA name, from the browser or as the person chose.
pub(super) const COOKIE: &str = "zone";

/// The zone that a person reads times in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Zone(Tz);

impl Zone {
    /// The zone that the browser was told to remember; UTC where it is none.
    pub fn of(request: &HttpRequest) -> Self {
        cookies::read(request, COOKIE).and_then(|name| Self::named(&name)).unwrap_or_default()
    }

    /// The zone of an IANA name: `Europe/Berlin`.
    pub fn named(name: &str) -> Option<Self> {
        name.parse().ok().map(Self)
    }

    /// Its IANA name.
    pub fn name(self) -> &'static str {
        self.0.name()
    }

    /// Day and minute: `26 Nov 2026, 14:02 CET`.
    pub fn moment(self, at: DateTime<Utc>) -> Moment {
        self.show(at, Shape::Minute)
    }

    /// To the second, for evidence.
    pub fn exact(self, at: DateTime<Utc>) -> Moment {
        self.show(at, Shape::Second)
    }

    /// The day alone: `26 Nov 2026`.
    pub fn day(self, at: DateTime<Utc>) -> Moment {
        self.show(at, Shape::Day)
    }

    /// As [`moment`](Self::moment), which the script turns into "3 min ago".
    pub fn ago(self, at: DateTime<Utc>) -> Moment {
        Moment { is_relative: true, ..self.show(at, Shape::Minute) }
    }

    /// The hour alone, for the axes of charts: `14:00`.
    pub fn hour(self, at: DateTime<Utc>) -> String {
        at.with_timezone(&self.0).format("%H:%M").to_string()
    }

    /// When the day of a moment began.
    pub fn midnight(self, at: DateTime<Utc>) -> DateTime<Utc> {
        let there = at.with_timezone(&self.0);
        let midnight = there.date_naive().and_time(chrono::NaiveTime::MIN);
        // Where clocks skip midnight, the day begins with its first moment that there is.
        let begins = self.0.from_local_datetime(&midnight).earliest();
        begins.map_or(at, |begins| begins.with_timezone(&Utc))
    }

    fn show(self, at: DateTime<Utc>, shape: Shape) -> Moment {
        let there = at.with_timezone(&self.0);
        let format = match shape {
            Shape::Day => "%-d %b %Y",
            Shape::Minute => "%-d %b %Y, %H:%M %Z",
            Shape::Second => "%-d %b %Y, %H:%M:%S %Z",
        };
        Moment { at, text: there.format(format).to_string(), is_relative: false }
    }
}

impl Default for Zone {
    fn default() -> Self {
        Self(Tz::UTC)
    }
}

#[derive(Clone, Copy)]
enum Shape {
    Day,
    Minute,
    Second,
}

/// A time, as the element `<time>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    at: DateTime<Utc>,
    /// Its words alone.
    pub text: String,
    is_relative: bool,
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let utc = self.at.to_rfc3339_opts(SecondsFormat::Millis, true);
        let ago = if self.is_relative { " data-ago" } else { "" };
        write!(f, "<time datetime=\"{utc}\" title=\"{utc}\"{ago}>{}</time>", self.text)
    }
}

/// Digits, names of months and zones: nothing of it comes from outside.
impl HtmlSafe for Moment {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_carry_their_zone_and_the_exact_time() {
        let at = "2026-11-26T13:02:03.004Z".parse().expect("a time");
        let berlin = Zone::named("Europe/Berlin").expect("a zone");
        let shown = berlin.moment(at).to_string();
        assert_eq!(
            shown,
            "<time datetime=\"2026-11-26T13:02:03.004Z\" title=\"2026-11-26T13:02:03.004Z\">26 Nov 2026, 14:02 CET</time>"
        );
        assert_eq!(Zone::default().exact(at).text, "26 Nov 2026, 13:02:03 UTC");
        assert!(Zone::named("Mars/Olympus").is_none());
    }
}
