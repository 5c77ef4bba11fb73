//! What has been filled in so far.

use app::agents::reserve;
use app::{App, Error, Reading};
use decision::{Action, On};
use model::{Agent, AgentId, AgentState, FactKind, Scope, UserId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::Problem;
use crate::pages::agents::picker;
use crate::session::Visit;

/// An agent that is not there yet.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Draft {
    /// What it is to be called.
    pub(super) name: String,
    /// What it is to be for.
    pub(super) purpose: String,
    /// Who is to answer for it. None: whoever writes the draft.
    pub(super) owner: Option<UserId>,
    /// The entries of its scope, as the values of their boxes.
    pub(super) scope: Vec<String>,
    /// What its key is to be called. Empty: it gets none yet.
    pub(super) key_name: String,
    /// How long its key is to count, in days.
    pub(super) key_days: i64,
    /// Which pages have been answered.
    pub(super) answered: Vec<String>,
}

/// A short page of the whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Step {
    /// What it is called and for.
    Name,
    /// Who answers for it.
    Owner,
    /// The most it may ever do.
    Scope,
    /// How it proves itself.
    Key,
    /// All answers on one page.
    Check,
}

impl Step {
    /// All of them, in order.
    pub(super) const ALL: [Self; 5] = [Self::Name, Self::Owner, Self::Scope, Self::Key, Self::Check];

    /// The word for it in URLs.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Owner => "owner",
            Self::Scope => "scope",
            Self::Key => "key",
            Self::Check => "check",
        }
    }

    /// Its place, from one.
    pub(super) fn number(self) -> usize {
        Self::ALL.iter().position(|step| *step == self).map_or(1, |at| at + 1)
    }

    /// The one after it.
    pub(super) fn next(self) -> Self {
        Self::ALL.get(self.number()).copied().unwrap_or(Self::Check)
    }
}

/// A draft, whose it is and where.
pub(super) struct Begun {
    /// The facts, who looks, when.
    pub(super) reading: Reading,
    /// The id of the draft.
    pub(super) id: Uuid,
    /// The id that the agent will have.
    pub(super) agent: AgentId,
    /// What has been filled in.
    pub(super) draft: Draft,
}

/// Why there is no draft to go on with.
pub(super) enum NoDraft {
    /// It has become this agent.
    Created(AgentId),
    /// The page of every miss, or worse.
    Problem(Problem),
}

impl From<Error> for NoDraft {
    fn from(error: Error) -> Self {
        Self::Problem(error.into())
    }
}

impl Begun {
    /// An empty draft.
    pub(super) async fn new(app: &App, visit: &Visit) -> Result<Self, Problem> {
        let reading = app.read(visit.caller, visit.organization).await?;
        let id = app.new_draft();
        let begun =
            Self { agent: reserve(visit.organization, visit.user, id), reading, id, draft: Draft::default() };
        begun.may(visit.user)?;
        Ok(begun)
    }

    /// A draft to go on with. The error leads to what has become of it.
    pub(super) async fn open(app: &App, visit: &Visit, id: Uuid) -> Result<Self, actix_web::Error> {
        Self::at(app, visit, id).await.map_err(|none| super::gone(visit, none))
    }

    /// The same, for whoever wants to know why there is none.
    pub(super) async fn at(app: &App, visit: &Visit, id: Uuid) -> Result<Self, NoDraft> {
        let reading = app.read(visit.caller, visit.organization).await?;
        let agent = reserve(visit.organization, visit.user, id);
        if reading.facts.agent(agent).is_some() {
            return Err(NoDraft::Created(agent));
        }
        let found = app.draft(visit.organization, visit.user, id).await?;
        let begun = Self { reading, id, agent, draft: found.unwrap_or_default() };
        begun.may(begun.owner(visit)).map_err(NoDraft::Problem)?;
        Ok(begun)
    }

    /// Keeps what has been filled in.
    pub(super) async fn save(&mut self, app: &App, visit: &Visit, step: Step) -> Result<(), Problem> {
        let word = step.word().to_owned();
        if !self.draft.answered.contains(&word) {
            self.draft.answered.push(word);
        }
        Ok(app.save_draft(visit.organization, visit.user, self.id, &self.draft).await?)
    }

    /// The first page that has not been answered, or the last of all.
    pub(super) fn first_open(&self) -> Step {
        let is_open = |step: &&Step| !self.draft.answered.iter().any(|word| word == step.word());
        Step::ALL.iter().find(is_open).copied().unwrap_or(Step::Check)
    }

    /// Who is to answer for it.
    pub(super) fn owner(&self, visit: &Visit) -> UserId {
        self.draft.owner.unwrap_or(visit.user)
    }

    /// The scope that has been picked.
    pub(super) fn scope(&self) -> Scope {
        self.draft.scope.iter().filter_map(|value| picker::entry(value)).collect()
    }

    /// The agent as it will be, to see what it could do.
    pub(super) fn preview(&self, visit: &Visit) -> Result<Agent, Problem> {
        let placeholder = "New agent".parse().map_err(|_| Error::NotFound(FactKind::Agent))?;
        Ok(Agent {
            id: self.agent,
            name: self.draft.name.parse().unwrap_or(placeholder),
            purpose: self.draft.purpose.clone(),
            owner: self.owner(visit),
            state: AgentState::Live,
            scope: self.scope(),
            never: Scope::default(),
            created_at: self.reading.now,
            created_by: visit.user,
        })
    }

    fn may(&self, owner: UserId) -> Result<(), Problem> {
        match self.reading.why_not(Action::AgentCreate, On::NewAgent(self.agent, owner)) {
            None => Ok(()),
            Some(reason) => Err(Problem::denied(reason)),
        }
    }
}
