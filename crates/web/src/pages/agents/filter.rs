//! Which agents the list shows.

use std::sync::Arc;

use app::Reading;
use decision::{Action, On};
use model::{Agent, AgentId, AgentState, Holder, Key, Member, UserId, WorkspaceId};
use serde::Deserialize;

use super::order::{By, Order, Seen};
use super::rows::ends_soon;
use crate::pages::query::query;

/// Quiet: nothing for a month, while it still holds access.
const QUIET: chrono::TimeDelta = chrono::TimeDelta::days(30);

/// The list's filters and order, as its URL has them. What is empty, or is no id, does not narrow.
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
    /// `key`, `none`, or `soon`: the first of its keys ends within two weeks.
    pub(super) credential: String,
    /// `never`, or `quiet`: not seen for thirty days, and still live.
    pub(super) used: String,
    /// Any text: an older word for `used=quiet`, which links somewhere may still have.
    quiet: String,
    /// `name`, `state` or `seen`; with a hyphen in front from the end. Empty: the newest first.
    pub(super) sort: String,
    /// Where the page before ended.
    pub(super) after: String,
}

impl Filter {
    /// The same with its older words read as the present ones.
    pub(super) fn read(self) -> Self {
        let used =
            if self.used.is_empty() && !self.quiet.is_empty() { "quiet".to_owned() } else { self.used };
        Self { used, quiet: String::new(), ..self }
    }

    /// Whether it has to be known when each agent was last seen.
    pub(super) fn asks_when_seen(&self) -> bool {
        !self.used.is_empty() || self.order().by == By::Seen
    }

    /// In which order they stand.
    pub(super) fn order(&self) -> Order {
        Order::of(&self.sort)
    }

    /// The agents that are left and that the visitor may see.
    pub(super) fn of(&self, reading: &Reading, seen: &Seen) -> Vec<Arc<Agent>> {
        let needle = self.q.trim().to_lowercase();
        let owner: Option<UserId> = self.owner.parse().ok();
        let workspace: Option<WorkspaceId> = self.workspace.parse().ok();
        let may = visible(reading);
        reading
            .facts
            .list_agents(None)
            .filter(|agent| owner.is_none_or(|owner| agent.owner == owner))
            .filter(|agent| self.names(agent.state.as_str()))
            .filter(|agent| needle.is_empty() || agent.name.as_str().to_lowercase().contains(&needle))
            .filter(|agent| workspace.is_none_or(|id| is_in(reading, agent.owner, id)))
            .filter(|agent| self.holds(reading, agent.id))
            .filter(|agent| self.was_used(reading, agent, seen))
            .filter(|agent| may(agent.id))
            .cloned()
            .collect()
    }

    /// Whether anything narrows the list.
    pub(super) fn narrows(&self) -> bool {
        [&self.q, &self.owner, &self.workspace, &self.state, &self.credential, &self.used]
            .iter()
            .any(|value| !value.is_empty())
    }

    /// The query of the same agents in that order, from after that place on.
    pub(super) fn query(&self, sort: &str, after: &str) -> String {
        query(&[
            ("q", &self.q),
            ("owner", &self.owner),
            ("workspace", &self.workspace),
            ("state", &self.state),
            ("credential", &self.credential),
            ("used", &self.used),
            ("sort", sort),
            ("after", after),
        ])
    }

    fn names(&self, state: &str) -> bool {
        if self.state.is_empty() { state != "revoked" } else { self.state == state }
    }

    fn holds(&self, reading: &Reading, agent: AgentId) -> bool {
        let mut counting =
            reading.facts.keys_of(Holder::Agent(agent)).filter(|key| key.counts_at(reading.now));
        match self.credential.as_str() {
            "key" => counting.next().is_some(),
            "none" => counting.next().is_none(),
            "soon" => counting.any(|key| key.effective_end().is_some_and(|end| ends_soon(end, reading.now))),
            _ => true,
        }
    }

    fn was_used(&self, reading: &Reading, agent: &Agent, seen: &Seen) -> bool {
        let since = reading.now - QUIET;
        let is_new = |key: &Arc<Key>| key.created_at >= since;
        match self.used.as_str() {
            "never" => !seen.contains_key(&agent.id),
            // A key that was made lately may not have come to its place yet.
            "quiet" => {
                matches!(agent.state, AgentState::Live)
                    && seen.get(&agent.id).is_none_or(|at| *at < since)
                    && !reading.facts.keys_of(Holder::Agent(agent.id)).any(is_new)
            }
            _ => true,
        }
    }
}

/// Which agents the visitor may see. Whoever may see all of them is not asked about each.
pub(super) fn visible(reading: &Reading) -> impl Fn(AgentId) -> bool {
    let all = reading.may(Action::AgentRead, On::Organization);
    move |id| all || reading.may(Action::AgentRead, On::Agent(id))
}

fn is_in(reading: &Reading, user: UserId, workspace: WorkspaceId) -> bool {
    reading.facts.roles_held(Member::User(user), workspace).next().is_some()
}
