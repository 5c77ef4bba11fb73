//! What waits for somebody: three numbers, each over everything that the reader may see.

use std::collections::BTreeSet;

use app::{App, Error, Reading, workspaces};
use chrono::TimeDelta;
use decision::{Action, On};
use model::{Agent, AgentState, Holder, InvitationState, KeyId, OrganizationId, PrincipalId};

use crate::pages::{Moment, Zone};

/// What ends within two weeks is shown: a person looks here at least weekly.
const SOON: TimeDelta = TimeDelta::days(14);
/// Who has done nothing for so long and could do something is worth a question.
pub(super) const QUIET: TimeDelta = TimeDelta::days(30);

/// What waits.
pub(super) struct Attention {
    pub(super) waiting: usize,
    pub(super) ending: usize,
    pub(super) first_end: Option<Moment>,
    pub(super) paused: usize,
    pub(super) unowned: usize,
}

/// Counts what waits.
pub(super) fn attention(reading: &Reading, zone: Zone) -> Attention {
    let ends = ends(reading);
    let held = |wanted: &str| agents(reading).filter(|agent| agent.state.as_str() == wanted).count();
    Attention {
        waiting: waiting(reading),
        ending: ends.len(),
        first_end: ends.iter().min().map(|end| zone.day(*end)),
        paused: held("paused"),
        unowned: held("unowned"),
    }
}

/// The agents that the reader may see and that have not ended.
pub(super) fn agents(reading: &Reading) -> impl Iterator<Item = &Agent> {
    let everybody = reading.may(Action::AgentRead, On::Organization);
    reading
        .facts
        .list_agents(None)
        .map(|agent| &**agent)
        .filter(|agent| !matches!(agent.state, AgentState::Revoked(_)))
        .filter(move |agent| everybody || reading.may(Action::AgentRead, On::Agent(agent.id)))
}

/// How many agents could act and have not for a month: live, with a key that counts, and made before that.
pub(super) async fn quiet(
    app: &App,
    reading: &Reading,
    organization: OrganizationId,
) -> Result<usize, Error> {
    let since = reading.now - QUIET;
    let used = app.key_usage(organization).await?;
    let used: BTreeSet<KeyId> =
        used.into_iter().filter(|usage| usage.at >= since).map(|usage| usage.key).collect();
    let is_quiet = |agent: &&Agent| {
        let mut counting = reading
            .facts
            .keys_of(Holder::Agent(agent.id))
            .filter(|key| key.counts_at(reading.now))
            .peekable();
        matches!(agent.state, AgentState::Live)
            && counting.peek().is_some()
            && counting.all(|key| !used.contains(&key.id) && key.created_at < since)
    };
    Ok(agents(reading).filter(is_quiet).count())
}

/// When the keys end that end soon. The reader's own are on their own page.
fn ends(reading: &Reading) -> Vec<model::Timestamp> {
    let soon = |key: &&std::sync::Arc<model::Key>| {
        !matches!(key.holder, Holder::User(_))
            && key.counts_at(reading.now)
            && key.effective_end().is_some_and(|end| end - reading.now < SOON)
    };
    let keys = reading.facts.list_keys(None).filter(soon);
    let seen = keys.filter(|key| reading.may(Action::KeyRead, On::KeysOf(key.holder)));
    seen.filter_map(|key| key.effective_end()).collect()
}

/// The invitations that wait and that the reader may see.
fn waiting(reading: &Reading) -> usize {
    reading
        .facts
        .list_invitations(None)
        .filter(|invitation| matches!(invitation.state, InvitationState::Pending))
        .filter(|invitation| workspaces::may_see(reading, invitation.agent, Some(invitation.invited_by)))
        .count()
}

/// One sentence under the title.
pub(super) fn lede(reading: &Reading) -> String {
    let people = reading.facts.list_members(None).filter(|member| member.is_active()).count();
    let one =
        |n: usize, one: &str, many: &str| if n == 1 { format!("1 {one}") } else { format!("{n} {many}") };
    match agents(reading).count() {
        0 => "No agent acts here yet. Every decision will name who answers for it.".to_owned(),
        n if reading.may(Action::AgentRead, On::Organization) => format!(
            "{} for {} here. Every decision names who answers for it.",
            one(n, "agent acts", "agents act"),
            one(people, "person", "people")
        ),
        n => format!(
            "{} that you may see. Every decision names who answers for it.",
            one(n, "agent acts here", "agents act here")
        ),
    }
}

/// Whether somebody is an agent or robot whose page there is.
pub(super) fn path(id: PrincipalId) -> Option<String> {
    match id {
        PrincipalId::Agent(id) => Some(format!("/agents/{id}")),
        PrincipalId::Robot(id) => Some(format!("/robots/{id}")),
        PrincipalId::User(_) => None,
    }
}
