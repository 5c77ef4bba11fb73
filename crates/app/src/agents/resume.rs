use decision::{Action, On};
use model::{Agent, AgentId, Edit};

use crate::{Error, Plan, Planning};

/// Lets a paused agent act again.
pub fn resume(planning: &Planning<'_>, id: AgentId) -> Result<Plan<Agent>, Error> {
    let permit = planning.permit(Action::AgentResume, On::Agent(id))?;
    let before = planning.agent(id)?.clone();
    planning.still(before.clone())?;
    let after = before.clone().resume()?;
    Ok(Plan::new(permit, vec![Edit::update(before, after.clone())], after))
}
