//! What every page of an agent begins with: the agent, who answers for it, and what the visitor may do with it.

use std::sync::Arc;

use app::agents::{Access, access_of};
use app::{App, Error, Reading, version_of};
use decision::{Action, On, Reason};
use model::{Agent, AgentId, AgentState, Because, FactKind, Holder, PrincipalId, Snapshot};

use crate::Problem;
use crate::session::Visit;

/// An agent in the eyes of a visitor.
pub(crate) struct Looked {
    /// The facts, who looks, when.
    pub(crate) reading: Reading,
    /// The agent.
    pub(crate) agent: Arc<Agent>,
    /// What its owner is called.
    pub(crate) owner: String,
    /// The version that the pages' forms are made on.
    pub(crate) version: String,
}

impl Looked {
    /// The agent, or the page of every miss.
    pub(crate) async fn at(app: &App, visit: &Visit, id: AgentId) -> Result<Self, Problem> {
        let reading = app.read(visit.caller, visit.organization).await?;
        reading.check(Action::AgentRead, On::Agent(id))?;
        let agent = reading.facts.agent(id).cloned().ok_or(Error::NotFound(FactKind::Agent))?;
        let owner = person(&reading.facts, agent.owner);
        let version = version_of(&Agent::clone(&agent).into());
        Ok(Self { reading, agent, owner, version })
    }

    /// Why the visitor may not do something with it. None: they may.
    pub(crate) fn refuses(&self, action: Action) -> Option<Reason> {
        self.reading.why_not(action, On::Agent(self.agent.id))
    }

    /// Refuses a page that asks whether to do something with it to who may not, with the reason.
    pub(crate) fn require(&self, action: Action) -> Result<(), Problem> {
        Ok(self.reading.require(action, On::Agent(self.agent.id))?)
    }

    /// The same for its keys.
    pub(crate) fn require_with_keys(&self, action: Action) -> Result<(), Problem> {
        Ok(self.reading.require(action, On::KeysOf(Holder::Agent(self.agent.id)))?)
    }

    /// Why the visitor may not do something with its keys. None: they may.
    pub(crate) fn refuses_with_keys(&self, action: Action) -> Option<Reason> {
        self.reading.why_not(action, On::KeysOf(Holder::Agent(self.agent.id)))
    }

    /// Whether the visitor answers for it.
    pub(crate) fn is_mine(&self) -> bool {
        self.reading.caller.principal == Some(PrincipalId::User(self.agent.owner))
    }

    /// What it may do: here, and, for the person who answers for it, wherever else they are.
    pub(crate) async fn access(&self, app: &App, visit: &Visit) -> Result<Vec<Access>, Problem> {
        let home = &self.reading.facts;
        let mut all: Vec<Access> = access_of(home, home, &self.agent).into_iter().collect();
        if self.is_mine() {
            let elsewhere = app.places(&visit.session).await?;
            for place in elsewhere.iter().filter(|place| place.organization.id != visit.organization) {
                all.extend(access_of(&place.facts, home, &self.agent));
            }
        }
        Ok(all)
    }

    /// Since when, by whom and why it is in its state, unless it is live.
    pub(crate) fn because(&self) -> Option<&Because> {
        match &self.agent.state {
            AgentState::Live => None,
            AgentState::Paused(b) | AgentState::Unowned(b) | AgentState::Revoked(b) => Some(b),
        }
    }
}

/// What a person is called here.
pub(crate) fn person(facts: &Snapshot, id: model::UserId) -> String {
    facts
        .user(id)
        .map_or_else(|| "somebody who is no longer known here".to_owned(), |user| user.name.to_string())
}

/// What a principal is called here.
pub(crate) fn principal(facts: &Snapshot, id: Option<PrincipalId>) -> String {
    match id {
        Some(id) => facts.name_of(id).unwrap_or("somebody who is no longer known here").to_owned(),
        None => "Answerable".to_owned(),
    }
}

/// Why something is refused, in words; nothing where it is not.
pub(crate) fn say(reason: Option<Reason>) -> &'static str {
    reason.map_or("", Reason::say)
}
