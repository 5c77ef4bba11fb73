//! Who may do what now: the same evaluator that answers gateways, asked for many at once.

use decision::{Action, Facts, On};
use model::{PrincipalId, ServerId, Tool, ToolId, UserId};

use crate::{Error, Reading};

/// Everybody of the organization who may call a tool with some arguments, in the order of people, agents, robots.
pub fn who(reading: &Reading, tool: ToolId, workspace: Option<&str>) -> Result<Vec<PrincipalId>, Error> {
    reading.check(Action::DecisionRead, On::Evidence(None))?;
    Ok(decision::who(&reading.facts, tool, workspace).collect())
}

/// The tools of a server that a principal may call with some arguments, in the order of their names.
pub fn what(
    reading: &Reading,
    principal: PrincipalId,
    server: ServerId,
    workspace: Option<&str>,
) -> Result<Vec<Tool>, Error> {
    reading.check(Action::DecisionRead, On::Evidence(answers_for(reading, principal)))?;
    let facts = Facts::of(&reading.facts);
    let Some(server) = reading.facts.server(server) else { return Ok(Vec::new()) };
    Ok(decision::what(&facts, principal, server.slug.as_str(), workspace).cloned().collect())
}

/// The person whose evidence it is: an agent's owner, a person themselves. A robot is the organization's.
pub(super) fn answers_for(reading: &Reading, principal: PrincipalId) -> Option<UserId> {
    match principal {
        PrincipalId::User(id) => Some(id),
        PrincipalId::Agent(id) => reading.facts.agent(id).map(|agent| agent.owner),
        PrincipalId::Robot(_) => None,
    }
}
