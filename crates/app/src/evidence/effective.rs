//! What somebody may do: every tool they could ask for, with the answer and why.

use decision::{Action, Decision, Facts, On, Operation};
use model::{PrincipalId, ServerId, ToolId, ToolState, WorkspaceId};

use super::access::answers_for;
use crate::{Error, Reading};

/// Tools that are asked about for one answer, in each workspace anew: each costs the evaluator some microseconds, and
/// each a row.
pub const MOST_TOOLS: usize = 2_000;

/// A tool in a workspace, and whether somebody may use it there.
#[derive(Debug, Clone, PartialEq)]
pub struct Effect {
    /// The server.
    pub server: ServerId,
    /// The tool.
    pub tool: ToolId,
    /// The workspace.
    pub workspace: WorkspaceId,
    /// What a gateway would be answered.
    pub decision: Decision,
}

/// The answer.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Effects {
    /// Tool by tool, in the order of servers.
    pub all: Vec<Effect>,
    /// Whether there are more that were not asked about.
    pub is_cut: bool,
}

/// What somebody may call with some arguments, in each workspace that offers it. Everybody may ask it of themselves and
/// of their agents; told are the servers that the one who asks may see.
pub fn effects(reading: &Reading, principal: PrincipalId) -> Result<Effects, Error> {
    reading.check(Action::DecisionRead, On::Evidence(answers_for(reading, principal)))?;
    let facts = &reading.facts;
    let eyes = Facts::of(facts);
    let mut effects = Effects::default();
    let servers = facts.list_servers(None).filter(|server| server.is_active());
    for server in servers.filter(|server| reading.may(Action::ServerRead, On::Server(server.id))) {
        let offered = facts.tools_of(server.id).filter(|tool| tool.state == ToolState::Offered);
        for tool in offered {
            for place in facts.places_of(server.id) {
                if effects.all.len() >= MOST_TOOLS {
                    effects.is_cut = true;
                    return Ok(effects);
                }
                let Some(slug) = facts.workspace(place).map(|workspace| workspace.slug.as_str()) else {
                    continue;
                };
                let operation = Operation::Visibility { name: tool.name.as_str() };
                let decision = decision::why(&eyes, principal, server.slug.as_str(), Some(slug), operation);
                effects.all.push(Effect { server: server.id, tool: tool.id, workspace: place, decision });
            }
        }
    }
    Ok(effects)
}
