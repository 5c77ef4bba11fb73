//! Who may manage: one gate, one table (`action.rs`), and the ties between a person and a thing.

use model::{
    AgentId, AgentState, ConnectionId, DomainId, FactKind, GatewayId, GroupId, Holder, KeyId, Member,
    MemberInvitationId, OrganizationRole, OrganizationState, PrincipalId, RobotId, RoleId, ServerId,
    SignalStreamId, Snapshot, Target, Timestamp, UserId, Visibility, WorkspaceId,
};

use crate::action::Tie;
use crate::decide::name_actor;
use crate::{Action, Decision, Facts, Question, Reason, Through};
use crate::{directory, signal};

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
    /// The organization's directory, by its key (SCIM). It acts for nobody, and keeps the people and groups it brought.
    Directory(KeyId),
    /// Nobody in particular: what the identity provider of that stream signalled.
    Signal(SignalStreamId),
    /// The operator's own commands, on the machine itself.
    Operator,
    /// A person who showed the whole secret of that invitation, and is no member yet. The secret lets them accept it,
    /// and proves nothing else.
    Invited(MemberInvitationId),
    /// A person who signs up, where the operator lets people do so: the secret of nothing, and the right to begin an
    /// organization of their own.
    SignUp,
    /// Nobody in particular, who showed the whole secret of that key to the leak endpoint. A secret that a stranger
    /// holds is itself the proof that its key has to end, and proves nothing else.
    LeakReport(KeyId),
    /// Nobody in particular: what the identity provider of that connection said of somebody who signed in by it.
    SignIn(ConnectionId),
    /// The house's own clock, following a rule.
    Clock,
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
    /// An invitation of a person, or a new one: the role that it gives.
    Invited(MemberInvitationId, OrganizationRole),
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
    /// A way in through an identity provider.
    Connection(ConnectionId),
    /// A domain of mail addresses.
    Domain(DomainId),
    /// A group of the directory.
    Group(GroupId),
    /// A group that is to give that role in the organization, or a place in a workspace, which is as much as a member.
    GroupGives(GroupId, OrganizationRole),
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
    if !decision.is_allowed() && !belongs_at_home(facts.home, request.caller) {
        decision.home = None;
    }
}

/// Whether a refusal is evidence at home too. To name an agent of an organization is not to have to do with it: whoever
/// knew an id could write as many rows into the evidence there as they liked (security.md I1).
fn belongs_at_home(home: &Snapshot, caller: Caller) -> bool {
    matches!(caller.principal, Some(PrincipalId::User(user)) if home.member(user).is_some())
}

fn may(facts: &Facts<'_>, request: &Manage, decision: &mut Decision) -> Result<Option<Through>, Reason> {
    if request.caller.means == Means::Operator {
        return if OPERATORS.contains(&request.action) { Ok(None) } else { Err(Reason::OperatorOnly) };
    }
    if request.caller.means == Means::SignUp {
        return signing_up(request);
    }
    if let Means::Invited(id) = request.caller.means {
        return invited(facts, id, request, decision);
    }
    if let Means::LeakReport(id) = request.caller.means {
        return leaked(facts.host, id, request, decision);
    }
    match request.caller.means {
        Means::SignIn(connection) => return crate::provision::may(facts.host, connection, request),
        Means::Clock => return by_clock(request),
        _ => {}
    }
    match request.caller.means {
        Means::Directory(id) => return directory::may(facts.host, id, request, decision),
        Means::Signal(id) => return signal::may(facts.host, id, request),
        _ => {}
    }
    let through = person(facts, request, decision)?;
    if OPERATORS_ALONE.contains(&request.action) {
        return Err(Reason::OperatorOnly);
    }
    let Some(PrincipalId::User(user)) = request.caller.principal else { return Err(Reason::PeopleOnly) };
    let host = facts.host;
    if !may_act(host, request.action) {
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
    if through.is_some() && request.action.is_signed_in_only() {
        return Err(Reason::SignedInOnly);
    }
    Ok(through)
}

/// What the operator of the installation may do from outside: with organizations as a whole, and nothing in them.
const OPERATORS: &[Action] = &[
    Action::OrganizationCreate,
    Action::OrganizationSuspend,
    Action::OrganizationResume,
    Action::OrganizationDelete,
    Action::OrganizationUndelete,
    Action::OrganizationExport,
    Action::MemberSignInLink,
];

/// What nobody but the operator may.
const OPERATORS_ALONE: &[Action] = &[
    Action::OrganizationCreate,
    Action::OrganizationSuspend,
    Action::OrganizationResume,
    Action::MemberSignInLink,
];

/// Whether anything may be done in the organization now. Its end may be taken back, and a copy of it taken, while
/// everything else in it is refused.
fn may_act(host: &Snapshot, action: Action) -> bool {
    host.organization().is_some_and(|organization| match organization.state {
        OrganizationState::Active => true,
        OrganizationState::Suspended(_) => false,
        OrganizationState::Deleting(_) => {
            matches!(
                action,
                Action::OrganizationUndelete | Action::OrganizationExport | Action::OrganizationRead
            )
        }
    })
}

/// A person begins an organization of their own: that, and nothing in any other.
fn signing_up(request: &Manage) -> Result<Option<Through>, Reason> {
    let is_person = matches!(request.caller.principal, None | Some(PrincipalId::User(_)));
    match request.action {
        Action::OrganizationCreate if is_person => Ok(None),
        Action::OrganizationCreate => Err(Reason::PeopleOnly),
        _ => Err(Reason::OperatorOnly),
    }
}

/// What the secret of an invitation may bring about: that one person becomes a member, as it says. It counts only while
/// whoever made it could still make it.
fn invited(
    facts: &Facts<'_>,
    id: MemberInvitationId,
    request: &Manage,
    decision: &mut Decision,
) -> Result<Option<Through>, Reason> {
    let Some(PrincipalId::User(user)) = request.caller.principal else { return Err(Reason::PeopleOnly) };
    name_actor(facts, PrincipalId::User(user), decision);
    let host = facts.host;
    if request.action != Action::MemberInvitationAccept {
        return Err(Reason::NotYours);
    }
    if !may_act(host, request.action) {
        return Err(Reason::OrganizationSuspended);
    }
    let open = host.member_invitation(id).filter(|invitation| invitation.is_open_at(request.now));
    let Some(invitation) = open.filter(|i| request.on == On::Invited(id, i.role)) else {
        return Err(Reason::InvitationEnded);
    };
    let inviter = host.member(invitation.invited_by).filter(|member| member.is_active());
    let may_still = |role: OrganizationRole| {
        Action::MemberInvitationCreate.roles().contains(&role) && role >= invitation.role
    };
    if inviter.is_some_and(|member| may_still(member.role)) { Ok(None) } else { Err(Reason::InvitationEnded) }
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

/// What happens because time has passed, whoever is there or not.
fn by_clock(request: &Manage) -> Result<Option<Through>, Reason> {
    match (request.caller.principal, request.action, request.on) {
        (None, Action::DomainLapse, On::Domain(_)) => Ok(None),
        _ => Err(Reason::PeopleOnly),
    }
}

/// What a secret that leaked may bring about: the end of its key, and nothing else. What is asked about is the keys of
/// whoever holds it; the use case ends the one. Also where the organization is suspended, since the secret is out all the
/// same.
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
            | Action::MemberSignOut
            | Action::MemberResume
            | Action::MemberRemove
            | Action::IdentityAccept
            | Action::IdentityWithdraw,
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
        (
            Action::MemberInvitationCreate | Action::MemberInvitationWithdraw | Action::IdentityAccept,
            On::Invited(_, wanted),
        ) if wanted > role => Err(Reason::AboveYourRole),
        // A management key acts as its maker: nobody makes or replaces one for somebody else.
        (Action::KeyCreate | Action::KeyRotate, On::KeysOf(Holder::User(id))) if id != user => {
            Err(Reason::NotYours)
        }
        // Whoever holds the directory's key decides who is in the organization: as much as sign-in itself.
        (Action::KeyCreate | Action::KeyRotate, On::KeysOf(Holder::Directory(_)))
            if request.caller.means != Means::Session =>
        {
            Err(Reason::SignedInOnly)
        }
        // An administrator through a group is one whom an owner lets be one.
        (Action::GroupMap, On::GroupGives(_, given)) if given >= role && role < OrganizationRole::Owner => {
            Err(Reason::AboveYourRole)
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
        On::Invited(id, _) => (FactKind::MemberInvitation, id.to_string()),
        On::Workspace(id) | On::Place(id, _) => (FactKind::Workspace, id.to_string()),
        On::Agent(id) | On::NewAgent(id, _) => (FactKind::Agent, id.to_string()),
        On::Robot(id) => (FactKind::Robot, id.to_string()),
        On::Server(id) => (FactKind::Server, id.to_string()),
        On::Role(id) => (FactKind::Role, id.to_string()),
        On::Gateway(id) => (FactKind::Gateway, id.to_string()),
        On::Connection(id) => (FactKind::Connection, id.to_string()),
        On::Domain(id) => (FactKind::Domain, id.to_string()),
        On::Group(id) | On::GroupGives(id, _) => (FactKind::Group, id.to_string()),
        On::KeysOf(holder) => match holder {
            Holder::Agent(id) => (FactKind::Agent, id.to_string()),
            Holder::Robot(id) => (FactKind::Robot, id.to_string()),
            Holder::Gateway(id) => (FactKind::Gateway, id.to_string()),
            Holder::User(id) => (FactKind::User, id.to_string()),
            Holder::Directory(id) => (FactKind::Organization, id.to_string()),
        },
    };
    Target { kind, id }
}
