use decision::{Action, On};
use model::{Agent, AgentId, AgentState, Edit, Name, Scope, UserId};

use crate::agents::scope::check_scope;
use crate::plan::{Checks, sentence};
use crate::{Error, Plan, Planning};

/// An agent to be created. Without a scope it may do nothing.
#[derive(Debug, Clone)]
pub struct NewAgent {
    /// What it is called.
    pub name: Name,
    /// What it is for.
    pub purpose: String,
    /// Who answers for it. None: the caller.
    pub owner: Option<UserId>,
    /// The most it may ever do.
    pub scope: Scope,
    /// What it must never do.
    pub never: Scope,
}

/// Creates an agent.
pub fn create(planning: &Planning<'_>, new: NewAgent) -> Result<Plan<Agent>, Error> {
    let id = AgentId::draw(planning.now, &mut planning.entropy());
    let caller = planning.user();
    // Somebody who is no person owns nothing; the decision refuses them, whomever they name.
    let owner = new.owner.or(caller).unwrap_or(UserId::MIN);
    let permit = planning.permit(Action::AgentCreate, On::NewAgent(id, owner))?;
    let owner = planning.active_member("owner", owner)?;
    let mut checks = Checks::default();
    check_scope(planning, &mut checks, "scope", &new.scope);
    check_scope(planning, &mut checks, "never", &new.never);
    checks.done()?;
    let agent = Agent {
        id,
        name: new.name,
        purpose: sentence("purpose", &new.purpose)?,
        owner,
        state: AgentState::Live,
        scope: new.scope,
        never: new.never,
        created_at: planning.now,
        created_by: caller.unwrap_or(owner),
    };
    Ok(Plan::new(permit, vec![Edit::create(agent.clone())], agent))
}
