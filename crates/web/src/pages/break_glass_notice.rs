//! That somebody came in past the organization's provider, where everybody who administers it looks.

use app::evidence::{DecisionFilter, Page};
use app::{App, Reading};
use chrono::TimeDelta;
use decision::{Action, On, Verdict};
use model::OrganizationId;

use super::{Moment, Zone};
use crate::Problem;

/// The overview tells it for a week: nobody is away from it for longer without somebody in their place.
const TOLD_DAYS: i64 = 7;
/// As many as can be read; the audit log has all of them.
const MOST: u64 = 20;

/// One sign-in past the provider.
pub(super) struct Use {
    /// Who.
    pub(super) name: String,
    /// When.
    pub(super) at: Moment,
    /// How, in the words of the evidence.
    pub(super) how: String,
}

/// The sign-ins past the provider that the overview tells of, newest first; to who may see break-glass accounts.
pub(super) async fn recent(
    app: &App,
    reading: &Reading,
    organization: OrganizationId,
    zone: Zone,
) -> Result<Vec<Use>, Problem> {
    uses(app, reading, organization, zone, TOLD_DAYS).await
}

/// The same of that many days.
pub(super) async fn uses(
    app: &App,
    reading: &Reading,
    organization: OrganizationId,
    zone: Zone,
    days: i64,
) -> Result<Vec<Use>, Problem> {
    if !reading.may(Action::BreakGlassRead, On::Organization) {
        return Ok(Vec::new());
    }
    let filter = DecisionFilter {
        action: Some(Action::BreakGlassUse.name().to_owned()),
        is_management: true,
        verdict: Some(Verdict::Allow),
        from: Some(reading.now - TimeDelta::days(days)),
        ..DecisionFilter::default()
    };
    let found = app.decisions(reading, organization, filter, Page::first(MOST)).await?;
    let uses = found.into_iter().map(|stored| Use {
        name: stored.actor.map(|party| party.name).unwrap_or_default(),
        at: zone.moment(stored.at),
        how: stored.note.unwrap_or_default(),
    });
    Ok(uses.collect())
}
