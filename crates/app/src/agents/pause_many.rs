use std::collections::BTreeSet;

use decision::{Action, On};
use model::{Agent, AgentId, AgentState, FactKind};

use super::pause;
use crate::{App, Changed, Error, Reading, Request};

/// As many as a page of the list of agents has.
const AT_ONCE: usize = 50;

/// What became of the agents.
#[derive(Debug)]
pub struct PausedMany {
    /// Those that are paused, each by a change of its own; never empty.
    pub paused: Vec<Changed<Agent>>,
    /// Those that somebody was faster with while the others were paused.
    pub not_paused: Vec<AgentId>,
}

impl App {
    /// Holds several agents, each by a decision of its own, as if they were paused one after the other. All of them are
    /// looked at before: where one cannot be paused, none is.
    pub async fn pause_agents(
        &self,
        request: Request,
        ids: &BTreeSet<AgentId>,
        reason: &str,
    ) -> Result<PausedMany, Error> {
        if ids.is_empty() || ids.len() > AT_ONCE {
            return Err(Error::invalid("agents", format!("name 1 to {AT_ONCE} agents")));
        }
        // A version is that of one agent, and says nothing of several.
        let request = Request { if_match: None, ..request };
        let reading = self.read(request.caller, request.organization).await?;
        for id in ids {
            self.pausable(&reading, *id).await?;
        }
        let mut many = PausedMany { paused: Vec::with_capacity(ids.len()), not_paused: Vec::new() };
        for id in ids {
            match self.change(request.clone(), |planning| pause(planning, *id, reason)).await {
                Ok(changed) => many.paused.push(changed),
                Err(error) if many.paused.is_empty() => return Err(error),
                Err(_) => many.not_paused.push(*id),
            }
        }
        Ok(many)
    }

    /// Refuses what cannot be paused, as pausing it would.
    async fn pausable(&self, reading: &Reading, id: AgentId) -> Result<(), Error> {
        self.require(reading, Action::AgentPause, On::Agent(id)).await?;
        let agent = reading.facts.agent(id).ok_or(Error::NotFound(FactKind::Agent))?;
        if matches!(agent.state, AgentState::Live) {
            return Ok(());
        }
        let detail = format!("the agent {id} is {}, and none was paused", agent.state.as_str());
        Err(Error::Conflict { code: "state", detail })
    }
}
