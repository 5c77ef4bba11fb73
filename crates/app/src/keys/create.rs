use ::keys::{Issue, Issued, check_limits, issue};
use decision::{Action, On};
use model::{
    AgentState, Edit, FactKind, GatewayState, Holder, KeyLimits, Name, RobotState, Scope, Timestamp,
};

use crate::keys::Minted;
use crate::{Error, Plan, Planning};

/// A key to be made.
#[derive(Debug, Clone)]
pub struct NewKey {
    /// Whose it is to be.
    pub holder: Holder,
    /// What it is for.
    pub name: Name,
    /// When it ends. None: after the default life.
    pub expires_at: Option<Timestamp>,
    /// What it is limited to.
    pub limits: KeyLimits,
}

/// Makes a key. Its secret is in the answer and nowhere else.
pub fn create(planning: &Planning<'_>, new: NewKey) -> Result<Plan<Minted>, Error> {
    let permit = planning.permit(Action::KeyCreate, On::KeysOf(new.holder))?;
    can_hold(planning, new.holder)?;
    check_limits(&new.limits, new.holder.key_kind()).map_err(|wrong| Error::invalid("limits", wrong))?;
    within_holder(planning, new.holder, new.limits.scope.as_ref())?;
    let request = Issue {
        holder: new.holder,
        name: new.name,
        expires_at: new.expires_at,
        limits: new.limits,
        created_by: planning.user(),
    };
    let siblings = planning.keys_of(new.holder);
    let Issued { token, key } = issue(request, &siblings, planning.now, &mut planning.entropy())?;
    Ok(Plan::new(permit, vec![Edit::create(key.clone())], Minted { token, key }))
}

/// Whether such a holder can have a key at all: what has ended for ever cannot.
fn can_hold(planning: &Planning<'_>, holder: Holder) -> Result<(), Error> {
    let ended =
        |what: &str| Error::Conflict { code: "state", detail: format!("the {what} has ended for ever") };
    match holder {
        Holder::Agent(id) => match planning.agent(id)?.state {
            AgentState::Revoked(_) => Err(ended("agent")),
            AgentState::Unowned(_) => Err(Error::Conflict {
                code: "state",
                detail: "nobody answers for the agent; somebody has to take it over first".to_owned(),
            }),
            AgentState::Live | AgentState::Paused(_) => Ok(()),
        },
        Holder::Robot(id) => match planning.robot(id)?.state {
            RobotState::Deleted(_) => Err(ended("robot")),
            RobotState::Live | RobotState::Paused(_) => Ok(()),
        },
        Holder::Gateway(id) => match planning.gateway(id)?.state {
            GatewayState::Revoked(_) => Err(ended("gateway")),
            GatewayState::Active | GatewayState::Paused(_) => Ok(()),
        },
        Holder::User(id) => match planning.facts.member(id) {
            Some(member) if member.is_active() => Ok(()),
            _ => Err(Error::NotFound(FactKind::OrganizationMembership)),
        },
        Holder::Directory(id) => match planning.facts.organization() {
            Some(organization) if organization.id == id => Ok(()),
            _ => Err(Error::NotFound(FactKind::Organization)),
        },
    }
}

/// A key's own scope narrows an agent's; it is checked at each call. That it names a pattern the agent's scope does
/// not have is therefore harmless, but a scope on a holder that has none would promise what nothing keeps.
fn within_holder(_planning: &Planning<'_>, holder: Holder, scope: Option<&Scope>) -> Result<(), Error> {
    match (holder, scope) {
        (Holder::Gateway(_) | Holder::User(_) | Holder::Directory(_), Some(_)) => {
            Err(Error::invalid("limits.scope", "only keys of agents and robots can carry a scope"))
        }
        _ => Ok(()),
    }
}
