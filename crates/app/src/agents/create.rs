use decision::{Action, On};
use model::{Agent, AgentId, AgentState, Edit, Holder, Name, OrganizationId, Scope, UserId};
use sha2::{Digest, Sha256};
use uuid::{Builder, Uuid};

use crate::agents::scope::check_scope;
use crate::keys::{self, Minted, NewKey};
use crate::plan::{Checks, sentence};
use crate::{Error, Plan, Planning};

/// An agent to be created. Without a scope it may do nothing.
#[derive(Debug, Clone)]
pub struct NewAgent {
    /// The id that was reserved for it with [`reserve`]. None: a new one.
    pub id: Option<AgentId>,
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

/// The id that an agent will have, known before it is created: so that what is drawn from the id can be shown, and the
/// same wish sent twice makes one agent.
///
/// Whoever names a draft chooses no id by it: all but the moment is a hash of the draft, the person and the
/// organization, so that nobody can take the id that another organization's agent has.
pub fn reserve(organization: OrganizationId, user: UserId, draft: Uuid) -> AgentId {
    let digest = Sha256::digest(format!("agent {organization} {user} {draft}"));
    let mut random = [0; 10];
    random.iter_mut().zip(digest.iter()).for_each(|(to, from)| *to = *from);
    let millis = draft.get_timestamp().map_or(0, |at| {
        let (seconds, nanos) = at.to_unix();
        seconds.saturating_mul(1_000).saturating_add(u64::from(nanos) / 1_000_000)
    });
    AgentId::from_uuid(Builder::from_unix_timestamp_millis(millis, &random).into_uuid())
}

/// Creates an agent.
pub fn create(planning: &Planning<'_>, new: NewAgent) -> Result<Plan<Agent>, Error> {
    let id = new.id.unwrap_or_else(|| AgentId::draw(planning.now, &mut planning.entropy()));
    let caller = planning.user();
    // Somebody who is no person owns nothing; the decision refuses them, whomever they name.
    let owner = new.owner.or(caller).unwrap_or(UserId::MIN);
    let permit = planning.permit(Action::AgentCreate, On::NewAgent(id, owner))?;
    if planning.facts.agent(id).is_some() {
        return Err(Error::Conflict { code: "created", detail: "the agent was created already".to_owned() });
    }
    let owner = planning.active_member("owner", owner)?;
    planning.room_for_agent()?;
    let mut checks = Checks::default();
    check_scope(&mut checks, "scope", &new.scope);
    check_scope(&mut checks, "never", &new.never);
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

/// Creates an agent and its first key in one go: an agent whose key is refused is not left behind. Whoever the key
/// says is its holder, it is this agent's.
pub fn create_with_key(
    planning: &Planning<'_>,
    new: NewAgent,
    key: NewKey,
) -> Result<Plan<(Agent, Minted)>, Error> {
    let agent = create(planning, new)?;
    let key = NewKey { holder: Holder::Agent(agent.value.id), ..key };
    let minted = planning.after(&agent.edits, |after| keys::create(after, key))?;
    let both = (agent.value.clone(), minted.value);
    Ok(Plan::new(minted.permit, minted.edits, both).following(agent))
}
