use app::evidence::{HourCount, Summed};
use chrono::{DateTime, Utc};
use decision::{Reason, Verdict};
use model::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use super::window::Window;

/// The calls of a window, counted.
#[derive(Debug, Serialize, ToSchema)]
pub struct TrafficView {
    /// How many were allowed.
    allowed: u64,
    /// How many were denied.
    denied: u64,
    /// Over time: hours in 48 hours, quarters of days in 7 days, days in 30 days; the oldest first.
    stretches: Vec<StretchView>,
    /// Why calls were denied: every reason, the commonest first.
    reasons: Vec<DenialView>,
    /// What is not counted yet. Null: everything is.
    uncounted: Option<UncountedView>,
}

/// A stretch of time.
#[derive(Debug, Serialize, ToSchema)]
pub struct StretchView {
    /// Its beginning.
    from: DateTime<Utc>,
    /// Its end, not in it.
    until: DateTime<Utc>,
    /// How many calls were allowed.
    allowed: u64,
    /// How many were denied.
    denied: u64,
}

/// A reason for denials.
#[derive(Debug, Serialize, ToSchema)]
pub struct DenialView {
    /// Its code.
    reason: &'static str,
    /// How many calls were denied for it.
    denied: u64,
}

/// Between these two moments calls are still being counted.
#[derive(Debug, Serialize, ToSchema)]
pub struct UncountedView {
    /// The beginning.
    from: DateTime<Utc>,
    /// The end.
    until: DateTime<Utc>,
}

impl TrafficView {
    /// What was counted from a moment on.
    pub(super) fn of(window: Window, from: Timestamp, counts: &Summed<Vec<HourCount>>) -> Self {
        let stretches = stretches(window, from, &counts.of);
        Self {
            allowed: stretches.iter().map(|stretch| stretch.allowed).sum(),
            denied: stretches.iter().map(|stretch| stretch.denied).sum(),
            stretches,
            reasons: reasons(&counts.of),
            uncounted: counts.missing.map(|(begin, until)| UncountedView { from: begin.max(from), until }),
        }
    }
}

fn stretches(window: Window, from: Timestamp, counts: &[HourCount]) -> Vec<StretchView> {
    let empty = |at: usize| StretchView {
        from: window.begin_of(from, at),
        until: window.begin_of(from, at + 1),
        allowed: 0,
        denied: 0,
    };
    let mut stretches: Vec<StretchView> = (0..window.stretches.0).map(empty).collect();
    for count in counts {
        let Some(stretch) = stretches.get_mut(count.stretch) else { continue };
        match count.verdict {
            Verdict::Allow => stretch.allowed += count.records,
            Verdict::Deny => stretch.denied += count.records,
        }
    }
    stretches
}

fn reasons(counts: &[HourCount]) -> Vec<DenialView> {
    let mut reasons: Vec<(Reason, u64)> = Vec::new();
    for count in counts.iter().filter(|count| count.verdict == Verdict::Deny) {
        match reasons.iter_mut().find(|(reason, _)| *reason == count.reason) {
            Some((_, records)) => *records += count.records,
            None => reasons.push((count.reason, count.records)),
        }
    }
    reasons.sort_by_key(|(reason, records)| (std::cmp::Reverse(*records), reason.code()));
    reasons.into_iter().map(|(reason, denied)| DenialView { reason: reason.code(), denied }).collect()
}
