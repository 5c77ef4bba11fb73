//! What stands beside the log: how often each value of a field occurs, as links that change the query.

use app::evidence::{Counts, Facet, Query, Tally};

use crate::pages::Shell;
use crate::pages::picture::{Bar, Bars};
use crate::pages::query::query;

/// A field, ready to be shown.
pub(super) struct Side {
    /// What it is called.
    pub(super) name: &'static str,
    /// Its values.
    pub(super) values: Vec<Value>,
}

/// A value of a field.
pub(super) struct Value {
    /// What it is called.
    pub(super) name: String,
    /// In how many records.
    pub(super) records: u64,
    /// The query with it; without it where it is asked for.
    pub(super) href: String,
    /// Whether it is asked for.
    pub(super) is_chosen: bool,
}

/// The address of the log with a query.
pub(super) fn address(shell: &Shell, asked: &Query) -> String {
    format!("{}{}", shell.path("/audit"), query(&[("q", &asked.to_string())]))
}

/// The fields beside the log; those without a value are left out.
pub(super) fn sides(shell: &Shell, asked: &Query, counts: &Counts) -> Vec<Side> {
    let side = |facet: &Facet| Side {
        name: name(facet.field),
        values: facet.values.iter().map(|tally| value(shell, asked, tally)).collect(),
    };
    counts.facets.iter().map(side).filter(|side| !side.values.is_empty()).collect()
}

fn value(shell: &Shell, asked: &Query, tally: &Tally) -> Value {
    let Tally { field, value, records, .. } = tally;
    let is_chosen = asked.has(field, value);
    let changed = if is_chosen { asked.without(field) } else { asked.with(field, value) };
    let name = match (*field, value.as_str()) {
        ("decision", "allow") => "Allowed".to_owned(),
        ("decision", "deny") => "Denied".to_owned(),
        ("reason", code) => code.replace('_', " "),
        _ => value.clone(),
    };
    Value { name, records: *records, href: address(shell, &changed), is_chosen }
}

fn name(field: &str) -> &'static str {
    match field {
        "decision" => "Decision",
        "reason" => "Reason",
        "actor" => "Actor",
        "owner" => "Owner",
        "action" => "Action",
        "workspace" => "Workspace",
        _ => "Server",
    }
}

/// A moment as a query writes it, so that none is left out or counted twice.
pub(super) fn exact(at: model::Timestamp) -> String {
    at.to_rfc3339_opts(chrono::SecondsFormat::Micros, true)
}

/// The picture over time: each column leads to its stretch of time.
pub(super) fn picture(shell: &Shell, asked: &Query, counts: &Counts) -> Bars {
    let zone = shell.zone;
    let bar = |bar: &app::evidence::Bar| {
        let within = asked.with("since", &exact(bar.from)).with("until", &exact(bar.until));
        Bar {
            allowed: bar.allowed,
            denied: bar.denied,
            when: format!("{} to {}", zone.exact(bar.from).text, zone.exact(bar.until).text),
            href: address(shell, &within),
        }
    };
    let middle = counts.bars.get(counts.bars.len() / 2).map_or(counts.from, |bar| bar.from);
    let axis = [counts.from, middle, counts.until].map(|at| zone.moment(at).text);
    Bars::new("Decisions over time", counts.bars.iter().map(bar).collect(), axis)
}
