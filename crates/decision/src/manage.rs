//! Who may manage: one gate, one table (`action.rs`), and the ties between a person and a thing.

use model::{
    AgentId, AgentState, FactKind, GatewayId, Holder, KeyId, Member, OrganizationRole, PrincipalId, RobotId,
    RoleId, ServerId, Snapshot, Target, Timestamp, UserId, Visibility, WorkspaceId,
};

use crate::action::Tie;
use crate::decide::name_actor;
use crate::{Action, Decision, Facts, Question, Reason, Through};

/// Somebody wants to manage something.
#[derive(Debug, Clone, Copy)]
pub struct Manage {
    /// When.
    pub now: Timestamp,
    /// Who, and by what means.
    pub caller: Caller,
    /// What.
    pub action: Action,
    /// On what.
    pub on: On,
}

/// Who wants to manage, and by what means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Caller {
    /// Who. None: the operator of the installation.
    pub principal: Option<PrincipalId>,
    /// How they proved it.
    pub means: Means,
}

/// How a caller proved who they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Means {
    /// A person signed in.
    Session,
    /// A management key, which acts for the person who made it.
    ManagementKey(KeyId),
    /// Any other credential: an agent's, a robot's or a gateway's key, a token.
    OtherCredential,
    /// The operator's own commands, on the machine itself.
    Operator,
    /// Nobody in particular, who showed the whole secret of that key to the leak endpoint. A secret that a stranger
    /// holds is itself the proof that its key has to end, and proves nothing else.
    LeakReport(KeyId),
}

/// What is to be managed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum On {
    /// The organization, or something in it that is nobody's in particular.
    Organization,
    /// A person in the organization.
    Member(UserId),
    /// A person in the organization, in the role they have or are to have; the higher of the two counts.
    MemberAs(UserId, OrganizationRole),
    /// A workspace.
    Workspace(WorkspaceId),
    /// A person or robot in a workspace.
    Place(WorkspaceId, Member),
    /// An agent that is here.
    Agent(AgentId),
    /// An agent to be created, and who is to answer for it.
    NewAgent(AgentId, UserId),
    /// A robot.
    Robot(RobotId),
    /// A server, and its tools.
    Server(ServerId),
    /// A role, and its grants.
    Role(RoleId),
    /// A gateway.
    Gateway(GatewayId),
    /// The keys of a holder.
    KeysOf(Holder),
    /// Decisions for which that person answers; none: for which nobody in particular does.
    Evidence(Option<UserId>),
}

pub(crate) fn decide(facts: &Facts<'_>, request: &Manage, decision: &mut Decision) {
    decision.action = Some(request.action);
    decision.target = Some(target(facts.host, request.on));
    match may(facts, request, decision) {
        Ok(through) => decision.holds(Question::Management, through),
        Err(reason) => decision.stops(Question::Management, reason, None),
    }
    decision.conclude();
}

fn may(facts: &Facts<'_>, request: &Manage, decision: &mut Decision) -> Result<Option<Through>, Reason> {
    if request.caller.means == Means::Operator {
        return if request.action == Action::OrganizationCreate {
            Ok(None)
        } else {
            Err(Reason::OperatorOnly)
        };
    }
    if let Means::LeakReport(id) = request.caller.means {
        return leaked(facts.host, id, request, decision);
    }
    let through = person(facts, request, decision)?;
    if request.action == Action::OrganizationCreate {
        return Err(Reason::OperatorOnly);
    }
    let Some(PrincipalId::User(user)) = request.caller.principal else { return Err(Reason::PeopleOnly) };
    let host = facts.host;
    if !host.organization().is_some_and(|o| o.is_active()) {
        return Err(Reason::OrganizationSuspended);
    }
    let member = host.member(user).filter(|m| m.is_active()).ok_or(Reason::UserInactive)?;
    let by_role = request.action.roles().contains(&member.role);
    let tied = match request.action.tie() {
        Tie::None => false,
        Tie::AnswersFor => answers_for(facts, user, member.role, request),
        Tie::BelongsTo => belongs_to(host, user, member.role, request.on),
    };
    if !by_role && !tied {
        return Err(if request.action.tie() == Tie::None { Reason::RoleTooLow } else { Reason::NotYours });
    }
    within_own_power(host, user, member.role, request)?;
    Ok(through)
}

/// The one human-only gate. Whoever owns it, whatever it holds: what is not a person cannot manage.
fn person(facts: &Facts<'_>, request: &Manage, decision: &mut Decision) -> Result<Option<Through>, Reason> {
    if let Some(principal) = request.caller.principal {
        name_actor(facts, principal, decision);
    }
    match (request.caller.principal, request.caller.means) {
        (Some(PrincipalId::User(_)), Means::Session) => Ok(None),
        (Some(PrincipalId::User(user)), Means::ManagementKey(id)) => {
            decision.key = Some(id);
            let key = facts.host.key(id).filter(|key| key.holder == Holder::User(user));
            match key {
                None => Err(Reason::CredentialUnknown),
                Some(key) if matches!(key.state, model::KeyState::Revoked(_)) => {
                    Err(Reason::CredentialRevoked)
                }
                Some(key) if !key.counts_at(request.now) => Err(Reason::CredentialExpired),
                Some(_) => Ok(Some(Through::Key(id))),
            }
        }
        _ => Err(Reason::PeopleOnly),
    }
}

/// What a secret that leaked may bring about: the end of the keys of whoever holds that one, and nothing else. Also
/// where the organization is suspended, since the secret is out all the same.
fn leaked(
    host: &Snapshot,
    id: KeyId,
    request: &Manage,
    decision: &mut Decision,
) -> Result<Option<Through>, Reason> {
    decision.key = Some(id);
    if request.caller.principal.is_some() || request.action != Action::KeyRevoke {
        return Err(Reason::PeopleOnly);
    }
    match host.key(id) {
        Some(key) if request.on == On::KeysOf(key.holder) => Ok(Some(Through::Key(id))),
        _ => Err(Reason::CredentialUnknown),
    }
}

/// Whether the thing is theirs to answer for.
fn answers_for(facts: &Facts<'_>, user: UserId, role: OrganizationRole, request: &Manage) -> bool {
    match request.on {
        On::Agent(id) | On::KeysOf(Holder::Agent(id)) => owns(facts.home, user, id),
        // Guests bring agents from their own organization; here they own none.
        On::NewAgent(_, owner) => {
            owner == user && !matches!(role, OrganizationRole::Guest | OrganizationRole::Auditor)
        }
        On::Member(id)
        | On::MemberAs(id, _)
        | On::Place(_, Member::User(id))
        | On::KeysOf(Holder::User(id)) => id == user,
        On::Evidence(owner) => owner == Some(user),
        _ => false,
    }
}

fn owns(snapshot: &Snapshot, user: UserId, agent: AgentId) -> bool {
    snapshot.agent(agent).is_some_and(|agent| agent.owner == user)
}

/// Whether they belong to the thing.
fn belongs_to(host: &Snapshot, user: UserId, role: OrganizationRole, on: On) -> bool {
    match on {
        On::Workspace(id) => {
            let listed = host.workspace(id).is_some_and(|w| w.visibility == Visibility::Organization);
            (listed && role != OrganizationRole::Guest)
                || host.roles_held(Member::User(user), id).next().is_some()
        }
        On::Robot(id) => host.robot(id).is_some_and(|robot| robot.stewards.contains(&user)),
        _ => false,
    }
}

/// What nobody may do although their role names it: reach above their own role, act as another person, undo an
/// administrator's pause.
fn within_own_power(
    host: &Snapshot,
    user: UserId,
    role: OrganizationRole,
    request: &Manage,
) -> Result<(), Reason> {
    let administers = role >= OrganizationRole::Admin;
    match (request.action, request.on) {
        (
            Action::MemberAdd
            | Action::MemberUpdate
            | Action::MemberSuspend
            | Action::MemberResume
            | Action::MemberRemove,
            On::Member(id) | On::MemberAs(id, _),
        ) => {
            let wanted = if let On::MemberAs(_, wanted) = request.on { Some(wanted) } else { None };
            let held = host.member(id).map(|m| m.role);
            if held.max(wanted).is_some_and(|highest| highest > role) {
                Err(Reason::AboveYourRole)
            } else {
                Ok(())
            }
        }
        // A management key acts as its maker: nobody makes or replaces one for somebody else.
        (Action::KeyCreate | Action::KeyRotate, On::KeysOf(Holder::User(id))) if id != user => {
            Err(Reason::NotYours)
        }
        // Nor may an administrator end the keys of somebody above them.
        (Action::KeyRevoke | Action::KeyUpdate, On::KeysOf(Holder::User(id)))
            if host.member(id).is_some_and(|m| m.role > role) =>
        {
            Err(Reason::AboveYourRole)
        }
        (Action::AgentResume, On::Agent(id)) if !administers => {
            match host.agent(id).map(|agent| &agent.state) {
                Some(AgentState::Paused(because)) if because.by != Some(PrincipalId::User(user)) => {
                    Err(Reason::PausedByAnother)
                }
                _ => Ok(()),
            }
        }
        _ => Ok(()),
    }
}

fn target(host: &Snapshot, on: On) -> Target {
    let (kind, id) = match on {
        On::Organization | On::Evidence(_) => {
            (FactKind::Organization, host.organization().map(|o| o.id.to_string()).unwrap_or_default())
        }
        On::Member(id) | On::MemberAs(id, _) => (FactKind::OrganizationMembership, id.to_string()),
        On::Workspace(id) | On::Place(id, _) => (FactKind::Workspace, id.to_string()),
        On::Agent(id) | On::NewAgent(id, _) => (FactKind::Agent, id.to_string()),
        On::Robot(id) => (FactKind::Robot, id.to_string()),
        On::Server(id) => (FactKind::Server, id.to_string()),
        On::Role(id) => (FactKind::Role, id.to_string()),
        On::Gateway(id) => (FactKind::Gateway, id.to_string()),
        On::KeysOf(holder) => match holder {
            Holder::Agent(id) => (FactKind::Agent, id.to_string()),
            Holder::Robot(id) => (FactKind::Robot, id.to_string()),
            Holder::Gateway(id) => (FactKind::Gateway, id.to_string()),
            Holder::User(id) => (FactKind::User, id.to_string()),
        },
    };
    Target { kind, id }
}
