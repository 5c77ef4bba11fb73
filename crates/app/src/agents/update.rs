use decision::{Action, On};
use model::{Agent, AgentId, Edit, Name};

use crate::plan::sentence;
use crate::{Error, Plan, Planning};

/// What an agent is to be called and to be for. None: as it is.
#[derive(Debug, Clone, Default)]
pub struct Rename {
    /// Its name.
    pub name: Option<Name>,
    /// Its purpose.
    pub purpose: Option<String>,
}

/// Renames an agent. Evidence keeps the name it had at the time.
pub fn update(planning: &Planning<'_>, id: AgentId, wanted: Rename) -> Result<Plan<Agent>, Error> {
    let permit = planning.permit(Action::AgentUpdate, On::Agent(id))?;
    let before = planning.agent(id)?.clone();
    planning.still(before.clone())?;
    let mut after = before.clone();
    after.name = wanted.name.unwrap_or(after.name);
    if let Some(purpose) = wanted.purpose {
        after.purpose = sentence("purpose", &purpose)?;
    }
    Ok(Plan::new(permit, vec![Edit::update(before, after.clone())], after))
}
