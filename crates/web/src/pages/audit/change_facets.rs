//! What stands beside the changes: how often each value of a field occurs, as links that change the query, and how they
//! lie in time.

use app::evidence::{ChangeBar, ChangeCounts, ChangeFacet, ChangeValue, Query};

use super::facets::{Side, Value, exact};
use crate::pages::picture::{Bar, Bars};
use crate::pages::query::query;
use crate::pages::{Moment, Shell};

/// What was counted, ready to be shown.
pub(super) struct CountedChanges {
    pub(super) changes: u64,
    pub(super) from: Moment,
    pub(super) until: Moment,
    /// The same query further back, where not everything is counted.
    pub(super) further: Option<String>,
    pub(super) bars: Bars,
    pub(super) sides: Vec<Side>,
}

/// The address of the changes with a query.
pub(super) fn address(shell: &Shell, asked: &Query) -> String {
    format!("{}{}", shell.path("/audit/changes"), query(&[("q", &asked.to_string())]))
}

impl CountedChanges {
    /// What was counted beside a list.
    pub(super) fn of(shell: &Shell, asked: &Query, counts: &ChangeCounts) -> Self {
        let before = |at| address(shell, &asked.with("until", &exact(at)));
        Self {
            changes: counts.records,
            from: shell.zone.exact(counts.from),
            until: shell.zone.exact(counts.until),
            further: counts.is_cut.then(|| before(counts.from)),
            bars: picture(shell, asked, counts),
            sides: sides(shell, asked, counts),
        }
    }
}

/// The fields beside the changes; those without a value are left out.
fn sides(shell: &Shell, asked: &Query, counts: &ChangeCounts) -> Vec<Side> {
    let side = |facet: &ChangeFacet| Side {
        name: match facet.field {
            "actor" => "Who changed it",
            "kind" => "What was changed",
            _ => "What was done",
        },
        values: facet.values.iter().map(|value| link(shell, asked, facet.field, value)).collect(),
    };
    counts.facets.iter().map(side).filter(|side| !side.values.is_empty()).collect()
}

fn link(shell: &Shell, asked: &Query, field: &str, value: &ChangeValue) -> Value {
    let is_chosen = asked.has(field, &value.value);
    let changed = if is_chosen { asked.without(field) } else { asked.with(field, &value.value) };
    Value { name: value.name.clone(), records: value.changes, href: address(shell, &changed), is_chosen }
}

/// The picture over time: each column leads to its stretch of time.
fn picture(shell: &Shell, asked: &Query, counts: &ChangeCounts) -> Bars {
    let zone = shell.zone;
    let bar = |bar: &ChangeBar| Bar {
        allowed: bar.changes,
        denied: 0,
        when: format!("{} to {}", zone.exact(bar.from).text, zone.exact(bar.until).text),
        href: address(shell, &asked.with("since", &exact(bar.from)).with("until", &exact(bar.until))),
    };
    let middle = counts.bars.get(counts.bars.len() / 2).map_or(counts.from, |bar| bar.from);
    let axis = [counts.from, middle, counts.until].map(|at| zone.moment(at).text);
    Bars::counting("Changes over time", ("change", "changes"), counts.bars.iter().map(bar).collect(), axis)
}
