//! Agents as the list shows them.

use std::collections::BTreeMap;
use std::sync::Arc;

use app::agents::reach_of;
use app::{App, KeyUsage, Reading};
use model::{Agent, AgentState, Holder, KeyId, OrganizationId, Timestamp};

use crate::Problem;

/// An agent in the list.
pub(super) struct Row {
    /// Its id.
    pub(super) id: String,
    /// Its name.
    pub(super) name: String,
    /// `live`, `paused`, `unowned` or `revoked`.
    pub(super) state: &'static str,
    /// The workspaces that it gets into.
    pub(super) workspaces: Vec<String>,
    /// How many tools it may use.
    pub(super) tools: usize,
    /// How many keys of it count.
    pub(super) keys: usize,
    /// When the first of them ends.
    pub(super) ends_at: Option<Timestamp>,
    /// Whether that is soon.
    pub(super) ends_soon: bool,
    /// When it was last seen.
    pub(super) seen_at: Option<Timestamp>,
    /// Whether it may be paused now.
    pub(super) can_pause: bool,
}

/// A list is read weekly, so what ends within two weeks is marked.
const SOON: chrono::TimeDelta = chrono::TimeDelta::days(14);

/// Whether a key that ends then ends soon.
pub(super) fn ends_soon(end: Timestamp, now: Timestamp) -> bool {
    end - now < SOON
}

/// How the keys of some agents were used.
pub(super) async fn usage(
    app: &App,
    organization: OrganizationId,
    reading: &Reading,
    agents: &[Arc<Agent>],
) -> Result<BTreeMap<KeyId, KeyUsage>, Problem> {
    let keys: Vec<KeyId> = agents
        .iter()
        .flat_map(|agent| reading.facts.keys_of(Holder::Agent(agent.id)).map(|key| key.id))
        .collect();
    let usage = app.key_usage_of(organization, &keys).await?;
    Ok(usage.into_iter().map(|usage| (usage.key, usage)).collect())
}

impl Row {
    /// An agent as these facts show it.
    pub(super) fn of(
        reading: &Reading,
        agent: &Agent,
        usage: &BTreeMap<KeyId, KeyUsage>,
        can_pause: bool,
    ) -> Self {
        let facts = &reading.facts;
        let keys = || facts.keys_of(Holder::Agent(agent.id));
        let counting = || keys().filter(|key| key.counts_at(reading.now));
        let ends_at = counting().filter_map(|key| key.effective_end()).min();
        let reach = reach_of(facts, agent);
        Self {
            id: agent.id.to_string(),
            name: agent.name.to_string(),
            state: agent.state.as_str(),
            workspaces: reach.workspaces.iter().map(|workspace| workspace.name.to_string()).collect(),
            tools: reach.tools,
            keys: counting().count(),
            ends_at,
            ends_soon: ends_at.is_some_and(|end| ends_soon(end, reading.now)),
            seen_at: keys().filter_map(|key| usage.get(&key.id)).map(|usage| usage.at).max(),
            can_pause: can_pause && matches!(agent.state, AgentState::Live),
        }
    }
}
