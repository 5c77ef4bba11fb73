use decision::{Action, On};
use model::{Agent, AgentId, AgentState, Edit, UserId};

use crate::{Error, Plan, Planning};

/// Hands an agent to another person, who answers for it from this revision on. Opens the latch of an unowned one.
pub fn hand_over(planning: &Planning<'_>, id: AgentId, to: UserId) -> Result<Plan<Agent>, Error> {
    let permit = planning.permit(Action::AgentHandOver, On::Agent(id))?;
    let before = planning.agent(id)?.clone();
    planning.still(before.clone())?;
    let to = planning.active_member("to", to)?;
    let after = before.clone().hand_over(to)?;
    Ok(Plan::new(permit, vec![Edit::update(before, after.clone())], after))
}

/// Hands every agent of a person, revoked ones aside, to another: what comes before the person leaves.
pub fn hand_over_all(planning: &Planning<'_>, from: UserId, to: UserId) -> Result<Plan<Vec<AgentId>>, Error> {
    let permit = planning.permit(Action::MemberHandOver, On::Member(from))?;
    let to = planning.active_member("to", to)?;
    let mut edits = Vec::new();
    let mut handed = Vec::new();
    for agent in planning.facts.agents_of(from).filter(|a| !matches!(a.state, AgentState::Revoked(_))) {
        let after = Agent::clone(agent).hand_over(to)?;
        handed.push(after.id);
        edits.push(Edit::update(Agent::clone(agent), after));
    }
    Ok(Plan::new(permit, edits, handed))
}
