//! A change as a row: who did what to what, and what differs.

use std::collections::BTreeSet;

use app::evidence::shown;
use model::{Change, Fact, Snapshot};
use serde_json::Value;

use crate::pages::history::event;
use crate::pages::query::query;
use crate::pages::{Moment, Shell};

/// Differences that are shown of one change: a server's tools may be hundreds.
const MOST_LINES: usize = 40;

/// A change, ready to be shown.
pub(super) struct Changed {
    /// Its place: revision and position.
    pub(super) place: String,
    /// When.
    pub(super) at: Moment,
    /// Who.
    pub(super) who: String,
    /// What was done, in words.
    pub(super) what: String,
    /// What was done, by the action's own name.
    pub(super) action: String,
    /// The kind of fact.
    pub(super) kind: String,
    /// The revision.
    pub(super) revision: u64,
    /// The record of the decision that permitted it.
    pub(super) decision: Option<String>,
    /// What is no more.
    pub(super) removed: Vec<String>,
    /// What is new.
    pub(super) added: Vec<String>,
    /// The other changes of the same thing.
    pub(super) same: String,
}

impl Changed {
    /// The row of a change.
    pub(super) fn of(facts: &Snapshot, shell: &Shell, change: &Change) -> Self {
        let told = event(facts, change);
        let target = change.edit.subject().map(Fact::target);
        let kind = target.as_ref().map(|target| target.kind.as_str()).unwrap_or_default();
        let before = change.edit.before.as_ref().map(shown).unwrap_or_default();
        let after = change.edit.after.as_ref().map(shown).unwrap_or_default();
        let name = name(&after).or_else(|| name(&before)).unwrap_or_default();
        let what = if name.is_empty() || told.what.contains(name) {
            told.what.clone()
        } else {
            format!("{} {name}", told.what)
        };
        let (removed, added) = differences(&before, &after);
        let id = target.as_ref().map(|target| target.id.clone()).unwrap_or_default();
        let line = app::evidence::Query::default().with("kind", kind).with("target", &id).to_string();
        Self {
            place: format!("{}.{}", change.revision.0, change.position),
            at: shell.zone.exact(change.at),
            who: told.who,
            what,
            action: change.action.clone(),
            kind: kind.replace('_', " "),
            revision: change.revision.0,
            decision: change.decision.map(|id| shell.path(&format!("/audit/{id}"))),
            removed,
            added,
            same: format!("{}{}", shell.path("/audit/changes"), query(&[("q", &line)])),
        }
    }
}

fn name(fact: &Value) -> Option<&str> {
    let fields = fact.get("is")?;
    fields.get("name").or_else(|| fields.get("slug")).and_then(Value::as_str)
}

/// The fields that differ, as they were and as they are.
fn differences(before: &Value, after: &Value) -> (Vec<String>, Vec<String>) {
    let fields = |fact: &Value| fact.get("is").and_then(Value::as_object).cloned().unwrap_or_default();
    let (old, new) = (fields(before), fields(after));
    let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let mut lines = (Vec::new(), Vec::new());
    for name in names {
        let (was, is) = (old.get(name), new.get(name));
        if was != is {
            lines.0.extend(
                was.filter(|value| says_something(value)).map(|value| format!("{name}: {}", plain(value))),
            );
            lines.1.extend(
                is.filter(|value| says_something(value)).map(|value| format!("{name}: {}", plain(value))),
            );
        }
    }
    lines.0.truncate(MOST_LINES);
    lines.1.truncate(MOST_LINES);
    lines
}

fn says_something(value: &Value) -> bool {
    !value.is_null() && value.as_str() != Some("") && value.as_array().is_none_or(|items| !items.is_empty())
}

/// A text as it is, anything else as JSON.
fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_differs_is_told_and_nothing_else() {
        let before = json!({"fact": "agent", "is": {"name": "A", "purpose": "", "scope": [1], "owner": "x"}});
        let after = json!({"fact": "agent", "is": {"name": "B", "purpose": "p", "scope": [], "owner": "x"}});
        let (removed, added) = differences(&before, &after);
        assert_eq!(removed, ["name: A", "scope: [1]"]);
        assert_eq!(added, ["name: B", "purpose: p"]);
        assert_eq!(differences(&Value::Null, &after).0, Vec::<String>::new());
        assert_eq!(name(&after), Some("B"));
    }
}
