//! Counting what a search finds: bars over time, and how often each value of a field occurs.

use std::collections::BTreeMap;

use model::Timestamp;
use store::Brief;

/// How many bars a picture has: enough to see a shape, few enough for a narrow screen.
const BARS: i64 = 48;
/// How many values of a field are shown.
const VALUES: usize = 6;

/// What was counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// How many records.
    pub records: usize,
    /// How many of them deny.
    pub denied: usize,
    /// Over time, oldest first.
    pub bars: Vec<Bar>,
    /// By field: decision, reason, actor, owner, action, workspace, server.
    pub facets: Vec<Facet>,
}

/// A stretch of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bar {
    /// Its beginning.
    pub from: Timestamp,
    /// Its end, not in it.
    pub until: Timestamp,
    /// How many allow.
    pub allowed: usize,
    /// How many deny.
    pub denied: usize,
}

/// A field and its commonest values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facet {
    /// The field, as a query writes it.
    pub field: &'static str,
    /// Value and how often, most first.
    pub values: Vec<(String, usize)>,
}

type Value = fn(&Brief) -> Option<&str>;

/// The fields that are counted.
const FACETS: [(&str, Value); 7] = [
    ("decision", |brief| Some(&brief.verdict)),
    ("reason", |brief| Some(&brief.reason)),
    ("actor", |brief| brief.actor_name.as_deref()),
    ("owner", |brief| brief.owner_name.as_deref()),
    ("action", |brief| Some(&brief.action)),
    ("workspace", |brief| brief.workspace_name.as_deref()),
    ("server", |brief| brief.server_name.as_deref()),
];

/// Counts records between two moments.
pub fn count(records: &[Brief], from: Timestamp, until: Timestamp) -> Counts {
    let denied = records.iter().filter(|brief| brief.verdict == "deny").count();
    Counts {
        records: records.len(),
        denied,
        bars: bars(records, from, until),
        facets: FACETS.iter().map(|(field, value)| facet(records, field, *value)).collect(),
    }
}

fn bars(records: &[Brief], from: Timestamp, until: Timestamp) -> Vec<Bar> {
    let (first, last) =
        (from.timestamp_micros(), until.timestamp_micros().max(from.timestamp_micros() + BARS));
    // Rounded up, so that the last record is in the last bar.
    let width = (last - first + BARS - 1) / BARS;
    let moment = |at| Timestamp::from_timestamp_micros(at).unwrap_or(until);
    let mut bars: Vec<Bar> = (0..BARS)
        .map(|at| Bar {
            from: moment(first + at * width),
            until: moment(first + (at + 1) * width),
            allowed: 0,
            denied: 0,
        })
        .collect();
    for brief in records {
        let at = usize::try_from((brief.at - first).max(0) / width).unwrap_or(usize::MAX);
        if let Some(bar) = bars.get_mut(at) {
            if brief.verdict == "deny" { bar.denied += 1 } else { bar.allowed += 1 }
        }
    }
    bars
}

fn facet(records: &[Brief], field: &'static str, value: Value) -> Facet {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for value in records.iter().filter_map(value).filter(|value| !value.is_empty()) {
        *counts.entry(value).or_default() += 1;
    }
    let mut values: Vec<(String, usize)> =
        counts.into_iter().map(|(value, count)| (value.to_owned(), count)).collect();
    values.sort_by(|(_, one), (_, two)| two.cmp(one));
    values.truncate(VALUES);
    Facet { field, values }
}
