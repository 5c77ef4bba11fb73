use decision::{Action, On};
use model::{Agent, AgentId, Edit};

use crate::plan::sentence;
use crate::{Error, Plan, Planning};

/// Holds an agent: its very next call is refused. Its keys stay, for when it is resumed.
pub fn pause(planning: &Planning<'_>, id: AgentId, reason: &str) -> Result<Plan<Agent>, Error> {
    let permit = planning.permit(Action::AgentPause, On::Agent(id))?;
    let before = planning.agent(id)?.clone();
    planning.still(before.clone())?;
    let after = before.clone().pause(planning.because(&sentence("reason", reason)?))?;
    Ok(Plan::new(permit, vec![Edit::update(before, after.clone())], after))
}
