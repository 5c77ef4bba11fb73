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
pub(crate) struct Filter {
    /// A part of its name.
    pub(crate) q: String,
    /// Who answers for it.
    pub(crate) owner: String,
    /// Where its owner is.
    pub(crate) workspace: String,
    /// `live`, `paused`, `unowned` or `revoked`; `any`: all. Empty: all but the revoked ones.
    pub(crate) state: String,
    /// `key`, `none`, or `soon`: the first of its keys ends within two weeks.
    pub(crate) credential: String,
    /// `never`, or `quiet`: not seen for thirty days, and still live.
    pub(crate) used: String,
    /// Any text: an older word for `used=quiet`, which links somewhere may still have.
    pub(crate) quiet: String,
    /// `name`, `state` or `seen`; with a hyphen in front from the end. Empty: the newest first.
    pub(crate) sort: String,
    /// Where the page before ended.
    pub(crate) after: String,
}

impl Filter {
    /// The same with its older words read as the present ones.
    pub(super) fn read(self) -> Self {
        let used =
            if self.used.is_empty() && !self.quiet.is_empty() { "quiet".to_owned() } else { self.used };
        Self { used, quiet: String::new(), ..self }
    }

    /// Whether it has to be known when each agent was last seen.
    pub(crate) fn asks_when_seen(&self) -> bool {
        !self.used.is_empty() || self.order().by == By::Seen
    }

    /// In which order they stand.
    pub(crate) fn order(&self) -> Order {
        Order::of(&self.sort)
    }

    /// The agents that are left and that the visitor may see.
    pub(crate) fn of(&self, reading: &Reading, seen: &Seen) -> Vec<Arc<Agent>> {
        self.leaves(reading, seen, reading.facts.list_agents(None)).cloned().collect()
    }

    /// Those of some agents that are left and that the visitor may see, in the order in which they came.
    pub(crate) fn leaves<'f>(
        &'f self,
        reading: &'f Reading,
        seen: &'f Seen,
        agents: impl Iterator<Item = &'f Arc<Agent>> + 'f,
    ) -> impl Iterator<Item = &'f Arc<Agent>> + 'f {
        let needle = self.q.trim().to_lowercase();
        let owner: Option<UserId> = self.owner.parse().ok();
        let workspace: Option<WorkspaceId> = self.workspace.parse().ok();
        // Who is in a workspace is nothing that its hidden id would tell.
        let hidden = workspace.is_some_and(|id| !reading.may(Action::WorkspaceRead, On::Workspace(id)));
        let may = visible(reading);
        agents
            .filter(move |agent| !hidden && owner.is_none_or(|owner| agent.owner == owner))
            .filter(move |agent| self.names(agent.state.as_str()))
            .filter(move |agent| needle.is_empty() || agent.name.as_str().to_lowercase().contains(&needle))
            .filter(move |agent| workspace.is_none_or(|id| is_in(reading, agent.owner, id)))
            .filter(move |agent| self.holds(reading, agent.id))
            .filter(move |agent| self.was_used(reading, agent, seen))
            .filter(move |agent| may(agent.id))
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
        match self.state.as_str() {
            "" => state != "revoked",
            "any" => true,
            wanted => wanted == state,
        }
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
