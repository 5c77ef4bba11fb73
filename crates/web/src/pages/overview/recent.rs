//! The last calls, each with who answers for it.

use app::evidence::{DecisionFilter, Page, StoredDecision};
use app::{App, Error, Reading};
use chrono::TimeDelta;
use decision::Verdict;
use model::OrganizationId;

use crate::pages::{Moment, Shell};

/// As many as show what is going on; the audit log has all of them.
const RECENT: u64 = 6;
/// What lies further back says nothing of now.
const BACK: TimeDelta = TimeDelta::days(2);

/// A decision, ready to be shown.
pub(super) struct Decided {
    pub(super) at: Moment,
    pub(super) actor: String,
    pub(super) owner: String,
    pub(super) what: String,
    pub(super) href: String,
    pub(super) is_allowed: bool,
    pub(super) say: &'static str,
}

/// The last calls that the reader may see.
pub(super) async fn recent(
    app: &App,
    reading: &Reading,
    shell: &Shell,
    organization: OrganizationId,
) -> Result<Vec<Decided>, Error> {
    let from = Some(reading.now - BACK);
    let filter = DecisionFilter { action: Some("tools/".to_owned()), from, ..DecisionFilter::default() };
    let found = app.decisions(reading, organization, filter, Page::first(RECENT)).await?;
    Ok(found.into_iter().map(|stored| decided(shell, stored)).collect())
}

fn decided(shell: &Shell, stored: StoredDecision) -> Decided {
    Decided {
        at: shell.zone.ago(stored.at),
        actor: stored.actor.map_or_else(|| "nobody known".to_owned(), |party| party.name),
        owner: stored.owner.map(|party| party.name).unwrap_or_default(),
        what: stored.tool_name.unwrap_or(stored.action),
        href: shell.path(&format!("/audit/{}", stored.id)),
        is_allowed: stored.verdict == Verdict::Allow,
        say: stored.reason.say(),
    }
}
