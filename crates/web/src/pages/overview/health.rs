//! Whether it works: how fast the newest answers were, whether this node is up to date, and the stop button.

use app::evidence::{Cascade, Pace};
use app::{App, Error, Reading};
use decision::{Action, On};
use model::{OrganizationId, OrganizationState, Revision, Stop, UserId};

use crate::pages::history::who;
use crate::pages::{Moment, Seal, Shell, Who};

/// As many as show what happened lately; the audit log has all of them.
const CASCADES: u16 = 5;

/// What the strip says.
pub(super) struct Health {
    /// How long the newest calls took; none was asked about yet.
    pub(super) pace: Option<Timed>,
    /// The revision that this node answers from.
    pub(super) revision: u64,
    /// How many it is behind the database.
    pub(super) behind: u64,
}

/// The times of the newest calls.
pub(super) struct Timed {
    pub(super) calls: usize,
    pub(super) newest: Moment,
    pub(super) median: String,
    pub(super) p99: String,
}

/// That every agent is stopped: since when, by whom and why.
pub(super) struct Stopped {
    pub(super) at: Moment,
    pub(super) by: String,
    pub(super) reason: String,
}

/// Somebody lost their access, and their agents with it.
pub(super) struct Lost {
    pub(super) person: Who,
    pub(super) at: Moment,
    pub(super) agents: u64,
    pub(super) href: String,
    pub(super) revision: u64,
    /// How long it took to write all of it; not known of what happened before times were kept.
    pub(super) took: Option<String>,
}

/// What the strip says; for whoever may see all decisions.
pub(super) async fn health(
    app: &App,
    reading: &Reading,
    shell: &Shell,
    id: OrganizationId,
) -> Result<Health, Error> {
    let pace = app.pace(reading, id).await?;
    let newest = app.newest_revision(id).await?;
    let revision = reading.facts.revision();
    let timed = |pace: Pace| Timed {
        calls: pace.calls,
        newest: shell.zone.ago(pace.newest),
        median: millis(pace.median_us),
        p99: millis(pace.p99_us),
    };
    Ok(Health { pace: pace.map(timed), revision: revision.0, behind: newest.0.saturating_sub(revision.0) })
}

/// The last people who lost their agents.
pub(super) async fn lost(
    app: &App,
    reading: &Reading,
    shell: &Shell,
    id: OrganizationId,
) -> Result<Vec<Lost>, Error> {
    let found = app.cascades(reading, id, CASCADES).await?;
    let revisions: Vec<Revision> = found.iter().map(|cascade| cascade.revision).collect();
    let took = app.took_us(reading, id, &revisions).await?;
    let lost = |cascade: Cascade| {
        let there = format!("/people/{}", cascade.person);
        Lost {
            person: person(reading, shell, cascade.person, &there),
            at: shell.zone.moment(cascade.at),
            agents: cascade.agents,
            href: shell.path(&format!("{there}/cut/{}", cascade.revision.0)),
            revision: cascade.revision.0,
            took: took.get(&cascade.revision).copied().map(millis),
        }
    };
    Ok(found.into_iter().map(lost).collect())
}

fn person(reading: &Reading, shell: &Shell, id: UserId, there: &str) -> Who {
    let Some(user) = reading.facts.user(id) else {
        let (seal, name) = (Seal::person(id.uuid(), ""), "Somebody who is gone".to_owned());
        return Who { seal, name, kind: "Person".to_owned(), href: None };
    };
    let is_here = reading.facts.member(id).is_some() && reading.may(Action::MemberRead, On::Member(id));
    let who = Who::person(user);
    if is_here { who.linked(shell.path(there)) } else { who }
}

/// That every agent is stopped.
pub(super) fn stopped(reading: &Reading, shell: &Shell) -> Option<Stopped> {
    let Stop::Pressed(because) = &reading.facts.organization()?.stop else { return None };
    let by = who(&reading.facts, because.by);
    Some(Stopped { at: shell.zone.moment(because.at), by, reason: because.reason.clone() })
}

/// When the organization is gone, where it is ending.
pub(super) fn ending(reading: &Reading, shell: &Shell) -> Option<Moment> {
    match &reading.facts.organization()?.state {
        OrganizationState::Deleting(end) => Some(shell.zone.moment(end.gone_at)),
        OrganizationState::Active | OrganizationState::Suspended(_) => None,
    }
}

/// Microseconds as people read them.
fn millis(micros: u64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "a call takes seconds at most")]
    let millis = micros as f64 / 1_000.0;
    if millis < 10.0 { format!("{millis:.2} ms") } else { format!("{millis:.0} ms") }
}
