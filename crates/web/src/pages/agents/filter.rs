//! Which agents the list shows.

use std::collections::BTreeSet;
use std::sync::Arc;

use app::Reading;
use decision::{Action, On};
use model::{Agent, AgentId, Holder, Member, UserId, WorkspaceId};
use serde::Deserialize;

/// The list's filters, as its URL has them. What is empty, or is no id, does not narrow.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Filter {
    /// A part of its name.
    pub(super) q: String,
    /// Who answers for it.
    pub(super) owner: String,
    /// Where its owner is.
    pub(super) workspace: String,
    /// `live`, `paused`, `unowned` or `revoked`. Empty: all but the revoked ones.
    pub(super) state: String,
    /// `key` or `none`.
    pub(super) credential: String,
    /// Any text: not seen for thirty days, and still live.
    pub(super) quiet: String,
    /// The last one of the page before.
    pub(super) after: String,
}

impl Filter {
    /// The agents that are left and that the visitor may see, newest first. `active`: those that were seen lately,
    /// where that is asked about.
    pub(super) fn of(&self, reading: &Reading, active: Option<&BTreeSet<AgentId>>) -> Vec<Arc<Agent>> {
        let needle = self.q.trim().to_lowercase();
        let owner: Option<UserId> = self.owner.parse().ok();
        let workspace: Option<WorkspaceId> = self.workspace.parse().ok();
        let mut agents: Vec<Arc<Agent>> = reading
            .facts
            .list_agents(None)
            .filter(|agent| owner.is_none_or(|owner| agent.owner == owner))
            .filter(|agent| self.names(agent.state.as_str()))
            .filter(|agent| needle.is_empty() || agent.name.as_str().to_lowercase().contains(&needle))
            .filter(|agent| workspace.is_none_or(|id| is_in(reading, agent.owner, id)))
            .filter(|agent| self.holds(reading, agent.id))
            .filter(|agent| active.is_none_or(|active| !active.contains(&agent.id)))
            .filter(|agent| reading.may(Action::AgentRead, On::Agent(agent.id)))
            .cloned()
            .collect();
        agents.reverse();
        agents
    }

    /// Whether anything narrows the list.
    pub(super) fn narrows(&self) -> bool {
        [&self.q, &self.owner, &self.workspace, &self.state, &self.credential, &self.quiet]
            .iter()
            .any(|value| !value.is_empty())
    }

    /// The query of the same list, from after that agent on.
    pub(super) fn query(&self, after: &str) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        let fields = [
            ("q", &*self.q),
            ("owner", &*self.owner),
            ("workspace", &*self.workspace),
            ("state", &*self.state),
            ("credential", &*self.credential),
            ("quiet", &*self.quiet),
            ("after", after),
        ];
        for (name, value) in fields.into_iter().filter(|(_, value)| !value.is_empty()) {
            query.append_pair(name, value);
        }
        query.finish()
    }

    fn names(&self, state: &str) -> bool {
        if self.state.is_empty() { state != "revoked" } else { self.state == state }
    }

    fn holds(&self, reading: &Reading, agent: AgentId) -> bool {
        let counts = || reading.facts.keys_of(Holder::Agent(agent)).any(|key| key.counts_at(reading.now));
        match self.credential.as_str() {
            "key" => counts(),
            "none" => !counts(),
            _ => true,
        }
    }
}

fn is_in(reading: &Reading, user: UserId, workspace: WorkspaceId) -> bool {
    reading.facts.roles_held(Member::User(user), workspace).next().is_some()
}
