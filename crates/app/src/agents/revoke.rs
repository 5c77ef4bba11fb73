use decision::{Action, On};
use model::{Agent, AgentId, Edit, Holder, cascade};

use crate::plan::sentence;
use crate::{Error, Plan, Planning};

/// Ends an agent for ever, and every key of it in the same transaction.
pub fn revoke(planning: &Planning<'_>, id: AgentId, reason: &str) -> Result<Plan<Agent>, Error> {
    let permit = planning.permit(Action::AgentRevoke, On::Agent(id))?;
    let before = planning.agent(id)?.clone();
    planning.still(before.clone())?;
    let because = planning.because(&sentence("reason", reason)?);
    let after = before.clone().revoke(because.clone())?;
    let mut edits = vec![Edit::update(before, after.clone())];
    edits.extend(cascade::keys_end(planning.facts, Holder::Agent(id), &because));
    Ok(Plan::new(permit, edits, after))
}
