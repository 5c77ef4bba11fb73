//! A record as a row of the log.

use app::evidence::StoredDecision;
use decision::Verdict;

use crate::pages::history;
use crate::pages::query::query;
use crate::pages::{Moment, Shell};

/// A record, ready to be shown.
pub(super) struct Row {
    /// Its id.
    pub(super) id: String,
    /// When.
    pub(super) at: Moment,
    /// Who acted.
    pub(super) who: String,
    /// Who answered for it; may be empty.
    pub(super) owner: String,
    /// What was asked for.
    pub(super) what: String,
    /// On what and where; may be empty.
    pub(super) on: String,
    /// How it came out.
    pub(super) is_allowed: bool,
    /// Why, by its code.
    pub(super) reason: &'static str,
    /// Why, in words.
    pub(super) say: &'static str,
    /// Its own page.
    pub(super) href: String,
    /// The same list with the row open, or closed where it is.
    pub(super) fold: String,
    /// What is shown where it is open.
    pub(super) open: Option<super::opened::Opened>,
}

impl Row {
    /// The row of a record. `line` and `rest` are what the list was asked for, for the link that opens it in place.
    pub(super) fn of(shell: &Shell, stored: &StoredDecision, asked: &[(&str, &str)]) -> Self {
        let on = [stored.server_name.as_deref(), stored.workspace_name.as_deref()];
        let target = stored.target.as_ref().map(|target| target.kind.as_str().replace('_', " "));
        let on = on.into_iter().flatten().collect::<Vec<_>>().join(" in ");
        let id = stored.id.to_string();
        let fold: Vec<(&str, &str)> = asked.iter().copied().chain([("open", id.as_str())]).collect();
        let fold = format!("{}{}#r-{id}", shell.path("/audit"), query(&fold));
        Self {
            at: shell.zone.exact(stored.at),
            who: stored.actor.as_ref().map_or_else(|| unnamed(stored).to_owned(), |party| party.name.clone()),
            owner: stored.owner.as_ref().map(|party| party.name.clone()).unwrap_or_default(),
            what: stored.tool_name.clone().unwrap_or_else(|| stored.action.clone()),
            on: if on.is_empty() { target.unwrap_or_default() } else { on },
            is_allowed: stored.verdict == Verdict::Allow,
            reason: stored.reason.code(),
            say: stored.reason.say(),
            href: shell.path(&format!("/audit/{id}")),
            fold,
            open: None,
            id,
        }
    }
}

/// Who acted where no principal is named: a management action without one is the operator's or a rule's, and a call's
/// credential was nobody's.
fn unnamed(stored: &StoredDecision) -> &'static str {
    if stored.target.is_some() { history::NOBODY } else { "nobody known" }
}
