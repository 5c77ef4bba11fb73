use decision::{Action, On};
use model::{Agent, AgentId, Edit, Scope};

use crate::plan::Checks;
use crate::{Error, Plan, Planning};

/// A scope is read at every call: two hundred entries are more than a person can survey.
const ENTRY_LIMIT: usize = 200;

/// The ceilings of an agent, as they are to be from now on.
#[derive(Debug, Clone)]
pub struct Ceilings {
    /// The most it may ever do. None: as it is.
    pub scope: Option<Scope>,
    /// What it must never do. None: as it is.
    pub never: Option<Scope>,
}

/// Sets an agent's scope and never-list.
pub fn set_scope(planning: &Planning<'_>, id: AgentId, wanted: Ceilings) -> Result<Plan<Agent>, Error> {
    let permit = planning.permit(Action::AgentScope, On::Agent(id))?;
    let before = planning.agent(id)?.clone();
    planning.still(before.clone())?;
    let mut after = before.clone();
    after.scope = wanted.scope.unwrap_or(after.scope);
    after.never = wanted.never.unwrap_or(after.never);
    let mut checks = Checks::default();
    check_scope(&mut checks, "scope", &after.scope);
    check_scope(&mut checks, "never", &after.never);
    checks.done()?;
    Ok(Plan::new(permit, vec![Edit::update(before, after.clone())], after))
}

/// A scope may name what is elsewhere: a workspace or server of an organization where the owner is a guest. What it
/// names that does not exist reaches nothing, so only its size is checked here.
pub(crate) fn check_scope(checks: &mut Checks, field: &str, scope: &Scope) {
    if scope.entries.len() > ENTRY_LIMIT {
        checks.wrong(field, format!("at most {ENTRY_LIMIT} entries"));
    }
}
