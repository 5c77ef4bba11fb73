//! Decisions over time, and why calls were denied.

use app::evidence::{HourCount, Summed};
use chrono::SecondsFormat;
use decision::{Reason, Verdict};
use model::Timestamp;

use super::window::Window;
use crate::pages::picture::{Bar, Bars, percent};
use crate::pages::query::query;
use crate::pages::{Moment, Shell};

/// As many reasons as explain most denials.
const REASONS: usize = 5;

/// What is drawn of the calls in a window.
pub(super) struct Traffic {
    pub(super) bars: Bars,
    pub(super) allowed: u64,
    pub(super) denied: u64,
    pub(super) reasons: Vec<Why>,
    /// How many were denied for other reasons.
    pub(super) others: u64,
    /// From when to when calls are not counted yet.
    pub(super) missing: Option<(Moment, Moment)>,
}

/// A reason for denials.
pub(super) struct Why {
    pub(super) say: &'static str,
    pub(super) code: &'static str,
    pub(super) records: u64,
    /// Of the commonest, in hundredths.
    pub(super) share: u64,
    pub(super) href: String,
}

impl Traffic {
    /// Draws what was counted.
    pub(super) fn of(
        shell: &Shell,
        window: Window,
        from: Timestamp,
        counts: &Summed<Vec<HourCount>>,
    ) -> Self {
        let bars = bars(shell, window, from, &counts.of);
        let (allowed, denied) = bars.iter().fold((0, 0), |(a, d), bar| (a + bar.allowed, d + bar.denied));
        let mut reasons: Vec<(Reason, u64)> = Vec::new();
        for count in counts.of.iter().filter(|count| count.verdict == Verdict::Deny) {
            match reasons.iter_mut().find(|(reason, _)| *reason == count.reason) {
                Some((_, records)) => *records += count.records,
                None => reasons.push((count.reason, count.records)),
            }
        }
        reasons.sort_by_key(|(reason, records)| (std::cmp::Reverse(*records), reason.code()));
        let others = reasons.iter().skip(REASONS).map(|(_, records)| records).sum();
        let most = reasons.first().map_or(1, |(_, records)| *records).max(1);
        let why = |(reason, records): &(Reason, u64)| Why {
            say: reason.say(),
            code: reason.code(),
            records: *records,
            share: (records * 100 / most).max(1),
            href: href(shell, &format!("decision:deny reason:{}", reason.code()), from, None),
        };
        let zone = shell.zone;
        Self {
            bars: Bars::new("Decisions over time", bars, window.axis(from, zone)).about_now(),
            allowed,
            denied,
            reasons: reasons.iter().take(REASONS).map(why).collect(),
            others,
            missing: counts.missing.map(|(begin, end)| (zone.moment(begin.max(from)), zone.moment(end))),
        }
    }

    /// How many of a hundred calls were denied.
    pub(super) fn percent(&self) -> String {
        percent(self.allowed, self.denied)
    }
}

fn bars(shell: &Shell, window: Window, from: Timestamp, counts: &[HourCount]) -> Vec<Bar> {
    let column = |at: usize| {
        let until = window.begin_of(from, at + 1);
        let href = href(shell, "", window.begin_of(from, at), Some(until));
        Bar { href, ..window.column(from, at, shell.zone) }
    };
    let mut bars: Vec<Bar> = (0..window.stretches().0).map(column).collect();
    for count in counts {
        let Some(bar) = bars.get_mut(count.stretch) else { continue };
        match count.verdict {
            Verdict::Allow => bar.allowed += count.records,
            Verdict::Deny => bar.denied += count.records,
        }
    }
    bars
}

/// The same calls in the audit log.
fn href(shell: &Shell, narrowed: &str, from: Timestamp, until: Option<Timestamp>) -> String {
    let exact = |at: Timestamp| at.to_rfc3339_opts(SecondsFormat::Secs, true);
    let until = until.map(|until| format!(" until:{}", exact(until))).unwrap_or_default();
    let narrowed = if narrowed.is_empty() { String::new() } else { format!(" {narrowed}") };
    let line = format!("action:tools/*{narrowed} since:{}{until}", exact(from));
    shell.path(&format!("/audit{}", query(&[("q", &line)])))
}
