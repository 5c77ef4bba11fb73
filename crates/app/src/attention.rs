//! What waits for somebody: numbers over everything that the reader may see.

use std::collections::HashSet;

use chrono::TimeDelta;
use decision::{Action, On};
use model::{Agent, AgentState, Holder, InvitationState, KeyId, OrganizationId, Timestamp};

use crate::{App, Error, Reading, workspaces};

/// What ends within two weeks is told: a person looks at least weekly.
const SOON: TimeDelta = TimeDelta::days(14);
/// Who has done nothing for so long and could do something is worth a question.
const QUIET: TimeDelta = TimeDelta::days(30);

/// What waits for somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attention {
    /// Invitations of agents that nobody has answered.
    pub invitations: usize,
    /// Keys that end within two weeks; the reader's own are not among them.
    pub keys_ending: usize,
    /// When the first of them ends.
    pub first_end: Option<Timestamp>,
    /// Agents that are paused.
    pub paused: usize,
    /// Agents that nobody answers for.
    pub unowned: usize,
}

/// Counts what waits.
pub fn attention(reading: &Reading) -> Attention {
    let ends = ends(reading);
    let (mut paused, mut unowned) = (0, 0);
    for agent in living_agents(reading) {
        match agent.state {
            AgentState::Paused(_) => paused += 1,
            AgentState::Unowned(_) => unowned += 1,
            AgentState::Live | AgentState::Revoked(_) => {}
        }
    }
    Attention {
        invitations: invitations(reading),
        keys_ending: ends.len(),
        first_end: ends.into_iter().min(),
        paused,
        unowned,
    }
}

impl App {
    /// How many agents could act and have not for a month: live, with a key that counts, and each such key made before
    /// that.
    pub async fn quiet_agents(
        &self,
        reading: &Reading,
        organization: OrganizationId,
    ) -> Result<usize, Error> {
        let since = reading.now - QUIET;
        let used = self.store.last_uses(organization).await?;
        let used: HashSet<KeyId> =
            used.into_iter().filter(|(_, at)| *at >= since).map(|(key, _)| key).collect();
        let is_quiet = |agent: &&Agent| {
            let keys = reading.facts.keys_of(Holder::Agent(agent.id));
            let mut counting = keys.filter(|key| key.counts_at(reading.now)).peekable();
            matches!(agent.state, AgentState::Live)
                && counting.peek().is_some()
                && counting.all(|key| !used.contains(&key.id) && key.created_at < since)
        };
        Ok(living_agents(reading).filter(is_quiet).count())
    }
}

/// The agents that the reader may see and that have not ended.
pub fn living_agents(reading: &Reading) -> impl Iterator<Item = &Agent> {
    let everybody = reading.may(Action::AgentRead, On::Organization);
    let agents = reading.facts.list_agents(None).map(|agent| &**agent);
    agents
        .filter(|agent| !matches!(agent.state, AgentState::Revoked(_)))
        .filter(move |agent| everybody || reading.may(Action::AgentRead, On::Agent(agent.id)))
}

/// When the keys end that end soon.
fn ends(reading: &Reading) -> Vec<Timestamp> {
    let soon = |key: &&std::sync::Arc<model::Key>| {
        !matches!(key.holder, Holder::User(_))
            && key.counts_at(reading.now)
            && key.effective_end().is_some_and(|end| end - reading.now < SOON)
    };
    let keys = reading.facts.list_keys(None).filter(soon);
    let seen = keys.filter(|key| reading.may(Action::KeyRead, On::KeysOf(key.holder)));
    seen.filter_map(|key| key.effective_end()).collect()
}

/// The invitations that wait.
fn invitations(reading: &Reading) -> usize {
    let all = reading.facts.list_invitations(None);
    let waiting = all.filter(|invitation| matches!(invitation.state, InvitationState::Pending));
    waiting
        .filter(|invitation| workspaces::may_see(reading, invitation.agent, Some(invitation.invited_by)))
        .count()
}
