use decision::{Action, On};
use model::{Edit, Organization};

use crate::organizations::update::present;
use crate::plan::sentence;
use crate::{Error, Plan, Planning};

/// The stop button: from this revision on every agent at work in the organization is refused, its own and those of
/// guests, whatever their own state. People and robots work on.
pub fn stop_agents(planning: &Planning<'_>, reason: &str) -> Result<Plan<Organization>, Error> {
    let permit = planning.permit(Action::OrganizationStopAgents, On::Organization)?;
    let before = present(planning)?;
    planning.still(before.clone())?;
    let after = before.clone().stop_agents(planning.because(&sentence("reason", reason)?))?;
    Ok(Plan::new(permit, vec![Edit::update(before, after.clone())], after))
}

/// Releases the stop button: each agent is again what its own state says.
pub fn release_agents(planning: &Planning<'_>, reason: &str) -> Result<Plan<Organization>, Error> {
    let permit = planning.permit(Action::OrganizationReleaseAgents, On::Organization)?;
    let before = present(planning)?;
    planning.still(before.clone())?;
    let after = before.clone().release_agents()?;
    let plan = Plan::new(permit, vec![Edit::update(before, after.clone())], after);
    Ok(plan.because(sentence("reason", reason)?))
}
