//! Ways of managing that are refused for reasons of their own, and some that are not.

use decision::{Action, Caller, Means, On, Reason};
use model::{
    ConnectionState, Fact, Holder, KeyState, Member, MemberInvitation, MemberInvitationId,
    MemberInvitationState, OrganizationRole, OrganizationState, PrincipalId, Timestamp,
};

use crate::edits::Facts;
use crate::world::{ADMIN, AUDITOR, GUEST, MEMBER, OTHER, OWNER, SCOUT, STRANGE, SUSPENDED, management_key};
use crate::{id, make};

/// One attempt to manage in the example world.
#[derive(Clone, Copy)]
pub(crate) struct Happening {
    pub(crate) what: &'static str,
    pub(crate) caller: By,
    pub(crate) action: Action,
    pub(crate) on: fn() -> On,
    pub(crate) change: fn(&mut Facts),
    pub(crate) expected: Reason,
}

/// Who tries.
#[derive(Debug, Clone, Copy)]
pub(crate) enum By {
    Session(usize),
    ManagementKey(usize),
    /// The management key of somebody else, held by this person.
    KeyOf(usize, usize),
    Agent(usize),
    Robot(usize),
    /// A person who shows another credential than a management key: a gateway's, a token.
    Other(usize),
    Nobody(Means),
    /// A person who shows the secret of an invitation to the organization.
    Invited(usize),
    /// A person who signs up.
    SigningUp(usize),
}

impl From<By> for Caller {
    fn from(by: By) -> Self {
        let user = |n| Some(PrincipalId::User(id::user(n)));
        let key = |n| Means::ManagementKey(id::key(management_key(n)));
        let (principal, means) = match by {
            By::Session(n) => (user(n), Means::Session),
            By::ManagementKey(n) => (user(n), key(n)),
            By::KeyOf(n, other) => (user(n), key(other)),
            By::Agent(n) => (Some(PrincipalId::Agent(id::agent(n))), Means::OtherCredential),
            By::Robot(n) => (Some(PrincipalId::Robot(id::robot(n))), Means::OtherCredential),
            By::Other(n) => (user(n), Means::OtherCredential),
            By::Nobody(means) => (None, means),
            By::Invited(n) => (user(n), Means::Invited(MemberInvitationId::MIN)),
            By::SigningUp(n) => (user(n), Means::SignUp),
        };
        Self { principal, means }
    }
}

const fn row(what: &'static str, caller: By, action: Action, on: fn() -> On, expected: Reason) -> Happening {
    Happening { what, caller, action, on, change: |_| {}, expected }
}

const fn after(change: fn(&mut Facts), row: Happening) -> Happening {
    Happening { change, ..row }
}

fn agent() -> On {
    On::Agent(id::agent(SCOUT))
}

fn organization() -> On {
    On::Organization
}

fn invited() -> On {
    On::Invited(MemberInvitationId::MIN, OrganizationRole::Admin)
}

fn invited_owner() -> On {
    On::Invited(MemberInvitationId::MIN, OrganizationRole::Owner)
}

fn invitation(by: usize, ends_at: Timestamp) -> MemberInvitation {
    MemberInvitation {
        id: MemberInvitationId::MIN,
        email: None,
        role: OrganizationRole::Admin,
        places: Vec::new(),
        invited_by: id::user(by),
        created_at: make::now(),
        ends_at,
        hash: [0; 32],
        state: MemberInvitationState::Pending,
        accepts_identity: false,
    }
}

fn invites(facts: &mut Facts) {
    facts.add(invitation(ADMIN, make::now() + chrono::TimeDelta::days(1)));
}

fn invites_too_late(facts: &mut Facts) {
    facts.add(invitation(ADMIN, make::now()));
}

/// By somebody who could not give that role any more.
fn invites_above(facts: &mut Facts) {
    facts.add(invitation(MEMBER, make::now() + chrono::TimeDelta::days(1)));
}

fn suspend(facts: &mut Facts) {
    facts.organization(id::organization(1), |o| o.state = OrganizationState::Suspended(make::because(None)));
}

fn paused_by_an_administrator(facts: &mut Facts) {
    let by = make::because(Some(PrincipalId::User(id::user(ADMIN))));
    facts.agent(id::agent(SCOUT), |a| a.state = model::AgentState::Paused(by));
}

fn paused_by_its_owner(facts: &mut Facts) {
    let by = make::because(Some(PrincipalId::User(id::user(MEMBER))));
    facts.agent(id::agent(SCOUT), |a| a.state = model::AgentState::Paused(by));
}

fn key_revoked(facts: &mut Facts) {
    facts.key(id::key(management_key(MEMBER)), |k| k.state = KeyState::Revoked(make::because(None)));
}

fn key_expired(facts: &mut Facts) {
    facts.key(id::key(management_key(MEMBER)), |k| k.expires_at = make::now());
}

fn key_retired(facts: &mut Facts) {
    let retiring = KeyState::Retiring { grace_expires_at: make::now(), successor: id::key(1) };
    facts.key(id::key(management_key(MEMBER)), |k| k.state = retiring);
}

fn connected(facts: &mut Facts) {
    facts.add(make::connection(1));
}

fn connected_by_invitation(facts: &mut Facts) {
    connected(facts);
    facts.connection(id::connection(1), |c| c.terms.mapping.just_in_time = false);
}

fn connected_with_administrators(facts: &mut Facts) {
    connected(facts);
    facts.connection(id::connection(1), |c| c.terms.mapping.admins_by_groups = true);
}

fn connected_as_a_draft(facts: &mut Facts) {
    connected(facts);
    facts.connection(id::connection(1), |c| c.state = ConnectionState::Draft);
}

fn connected_and_suspended(facts: &mut Facts) {
    connected(facts);
    suspend(facts);
}

/// Somebody who signed in by the connection, in the role that their provider's word gives.
const fn provision(
    what: &'static str,
    change: fn(&mut Facts),
    on: fn() -> On,
    expected: Reason,
) -> Happening {
    let caller = By::Nobody(Means::SignIn(id::CONNECTION));
    after(change, row(what, caller, Action::MemberProvision, on, expected))
}

/// The provider of the connection no longer stands behind somebody's session.
const fn signs_out(what: &'static str, expected: Reason) -> Happening {
    let caller = By::Nobody(Means::SignIn(id::CONNECTION));
    row(what, caller, Action::MemberSignOut, || On::Member(id::user(MEMBER)), expected)
}

fn stranger() -> On {
    On::MemberAs(id::user(60), OrganizationRole::Guest)
}

fn not_here(facts: &mut Facts) {
    facts.remove(|f| matches!(f, Fact::OrganizationMembership(m) if m.user == id::user(MEMBER)));
}

pub(crate) const HAPPENINGS: &[Happening] = &[
    provision("a stranger, just in time", connected, stranger, Reason::Granted),
    provision("a stranger, by invitation only", connected_by_invitation, stranger, Reason::NotInvited),
    provision("a stranger by a draft", connected_as_a_draft, stranger, Reason::ConnectionClosed),
    provision("a stranger by no connection", |_| {}, stranger, Reason::ConnectionClosed),
    provision(
        "a stranger in a stopped tenant",
        connected_and_suspended,
        stranger,
        Reason::OrganizationSuspended,
    ),
    provision(
        "a stranger as an administrator",
        connected,
        || On::MemberAs(id::user(60), OrganizationRole::Admin),
        Reason::AboveYourRole,
    ),
    provision(
        "a stranger as an administrator, where groups may",
        connected_with_administrators,
        || On::MemberAs(id::user(60), OrganizationRole::Admin),
        Reason::Granted,
    ),
    provision(
        "a stranger as an owner",
        connected_with_administrators,
        || On::MemberAs(id::user(60), OrganizationRole::Owner),
        Reason::AboveYourRole,
    ),
    provision(
        "an owner made less by groups",
        connected_with_administrators,
        || On::MemberAs(id::user(OWNER), OrganizationRole::Guest),
        Reason::AboveYourRole,
    ),
    provision(
        "an owner as they are",
        connected,
        || On::MemberAs(id::user(OWNER), OrganizationRole::Owner),
        Reason::Granted,
    ),
    provision(
        "a member who left the group",
        connected,
        || On::MemberAs(id::user(MEMBER), OrganizationRole::Guest),
        Reason::Granted,
    ),
    provision(
        "a suspended person",
        connected,
        || On::MemberAs(id::user(SUSPENDED), OrganizationRole::Member),
        Reason::UserInactive,
    ),
    after(connected, signs_out("a connection signing out", Reason::Granted)),
    after(connected_as_a_draft, signs_out("a closed connection signing out", Reason::Granted)),
    after(|_| {}, signs_out("no connection signing out", Reason::ConnectionClosed)),
    after(connected_and_suspended, signs_out("a connection in a stopped tenant", Reason::Granted)),
    after(
        |facts| {
            connected(facts);
            not_here(facts);
        },
        signs_out("a connection signing out who has left", Reason::NotYours),
    ),
    after(
        connected,
        row(
            "a connection adding people",
            By::Nobody(Means::SignIn(id::CONNECTION)),
            Action::MemberAdd,
            stranger,
            Reason::PeopleOnly,
        ),
    ),
    after(
        connected,
        row(
            "a person in a connection's name",
            By::Session(OWNER),
            Action::MemberProvision,
            stranger,
            Reason::RoleTooLow,
        ),
    ),
    row(
        "the clock",
        By::Nobody(Means::Clock),
        Action::DomainLapse,
        || On::Domain(id::domain(1)),
        Reason::Granted,
    ),
    row("the clock elsewhere", By::Nobody(Means::Clock), Action::AgentPause, agent, Reason::PeopleOnly),
    row(
        "a connection by key",
        By::ManagementKey(OWNER),
        Action::ConnectionCreate,
        organization,
        Reason::SignedInOnly,
    ),
    row("a connection", By::Session(ADMIN), Action::ConnectionCreate, organization, Reason::Granted),
    row("an owner of an agent", By::Session(MEMBER), Action::AgentPause, agent, Reason::Granted),
    row("the same by key", By::ManagementKey(MEMBER), Action::AgentPause, agent, Reason::Granted),
    row("somebody else", By::Session(OTHER), Action::AgentPause, agent, Reason::NotYours),
    row("the agent itself", By::Agent(SCOUT), Action::AgentRead, agent, Reason::PeopleOnly),
    row("a robot", By::Robot(1), Action::RobotRead, || On::Robot(id::robot(1)), Reason::PeopleOnly),
    row("the owner's gateway key", By::Other(OWNER), Action::AgentPause, agent, Reason::PeopleOnly),
    row("nobody, signed in", By::Nobody(Means::Session), Action::AgentPause, agent, Reason::PeopleOnly),
    row(
        "a new tenant",
        By::Nobody(Means::Operator),
        Action::OrganizationCreate,
        organization,
        Reason::Granted,
    ),
    row(
        "a tenant's tenant",
        By::Session(OWNER),
        Action::OrganizationCreate,
        organization,
        Reason::OperatorOnly,
    ),
    row("who signs up", By::SigningUp(99), Action::OrganizationCreate, organization, Reason::Granted),
    row("who signs up, inside", By::SigningUp(99), Action::AgentRead, agent, Reason::OperatorOnly),
    after(invites, row("a link", By::Invited(99), Action::MemberInvitationAccept, invited, Reason::Granted)),
    after(
        invites,
        row("a link, for more", By::Invited(99), Action::MemberAdd, organization, Reason::NotYours),
    ),
    row("no link", By::Invited(99), Action::MemberInvitationAccept, invited, Reason::InvitationEnded),
    after(
        invites_too_late,
        row("an old link", By::Invited(99), Action::MemberInvitationAccept, invited, Reason::InvitationEnded),
    ),
    after(
        invites_above,
        row(
            "a link too high",
            By::Invited(99),
            Action::MemberInvitationAccept,
            invited,
            Reason::InvitationEnded,
        ),
    ),
    row(
        "inviting above",
        By::Session(ADMIN),
        Action::MemberInvitationCreate,
        invited_owner,
        Reason::AboveYourRole,
    ),
    row("the operator inside", By::Nobody(Means::Operator), Action::AgentRead, agent, Reason::OperatorOnly),
    row("a member", By::Session(MEMBER), Action::RoleCreate, organization, Reason::RoleTooLow),
    row(
        "a suspended person",
        By::Session(SUSPENDED),
        Action::OrganizationRead,
        organization,
        Reason::UserInactive,
    ),
    row("a stranger", By::Session(99), Action::OrganizationRead, organization, Reason::UserInactive),
    row("a stolen key", By::KeyOf(MEMBER, OWNER), Action::AgentPause, agent, Reason::CredentialUnknown),
    row("an unknown key", By::KeyOf(MEMBER, 60), Action::AgentPause, agent, Reason::CredentialUnknown),
    after(
        suspend,
        row(
            "a suspended tenant",
            By::Session(OWNER),
            Action::AgentPause,
            agent,
            Reason::OrganizationSuspended,
        ),
    ),
    after(
        key_revoked,
        row("a revoked key", By::ManagementKey(MEMBER), Action::AgentPause, agent, Reason::CredentialRevoked),
    ),
    after(
        key_expired,
        row("an ended key", By::ManagementKey(MEMBER), Action::AgentPause, agent, Reason::CredentialExpired),
    ),
    after(
        key_retired,
        row(
            "a key after its grace",
            By::ManagementKey(MEMBER),
            Action::AgentPause,
            agent,
            Reason::CredentialExpired,
        ),
    ),
    after(
        not_here,
        row("an owner who left", By::Session(MEMBER), Action::AgentPause, agent, Reason::UserInactive),
    ),
    after(
        paused_by_an_administrator,
        row(
            "resuming what an administrator paused",
            By::Session(MEMBER),
            Action::AgentResume,
            agent,
            Reason::PausedByAnother,
        ),
    ),
    after(
        paused_by_an_administrator,
        row("an administrator resuming it", By::Session(ADMIN), Action::AgentResume, agent, Reason::Granted),
    ),
    after(
        paused_by_its_owner,
        row("resuming one's own pause", By::Session(MEMBER), Action::AgentResume, agent, Reason::Granted),
    ),
    row(
        "making a member an owner",
        By::Session(ADMIN),
        Action::MemberUpdate,
        || On::MemberAs(id::user(MEMBER), OrganizationRole::Owner),
        Reason::AboveYourRole,
    ),
    row(
        "making an owner a member",
        By::Session(ADMIN),
        Action::MemberUpdate,
        || On::MemberAs(id::user(OWNER), OrganizationRole::Member),
        Reason::AboveYourRole,
    ),
    row(
        "adding an owner",
        By::Session(ADMIN),
        Action::MemberAdd,
        || On::MemberAs(id::user(60), OrganizationRole::Owner),
        Reason::AboveYourRole,
    ),
    row(
        "an owner adding an owner",
        By::Session(OWNER),
        Action::MemberAdd,
        || On::MemberAs(id::user(60), OrganizationRole::Owner),
        Reason::Granted,
    ),
    row(
        "somebody else's management key",
        By::Session(OWNER),
        Action::KeyCreate,
        || On::KeysOf(Holder::User(id::user(ADMIN))),
        Reason::NotYours,
    ),
    row(
        "one's own management key",
        By::Session(AUDITOR),
        Action::KeyCreate,
        || On::KeysOf(Holder::User(id::user(AUDITOR))),
        Reason::Granted,
    ),
    row(
        "ending an owner's key",
        By::Session(ADMIN),
        Action::KeyRevoke,
        || On::KeysOf(Holder::User(id::user(OWNER))),
        Reason::AboveYourRole,
    ),
    row(
        "a guest making an agent",
        By::Session(GUEST),
        Action::AgentCreate,
        || On::NewAgent(id::agent(60), id::user(GUEST)),
        Reason::NotYours,
    ),
    row(
        "an agent for another person",
        By::Session(MEMBER),
        Action::AgentCreate,
        || On::NewAgent(id::agent(60), id::user(OTHER)),
        Reason::NotYours,
    ),
    row(
        "an agent that is not here",
        By::Session(MEMBER),
        Action::AgentPause,
        || On::Agent(id::agent(99)),
        Reason::NotYours,
    ),
    row(
        "another person's agent's keys",
        By::Session(MEMBER),
        Action::KeyRevoke,
        || On::KeysOf(Holder::Agent(id::agent(STRANGE))),
        Reason::NotYours,
    ),
    row(
        "the directory's key, signed in",
        By::Session(ADMIN),
        Action::KeyCreate,
        || On::KeysOf(Holder::Directory(id::organization(1))),
        Reason::Granted,
    ),
    row(
        "the directory's key, by key",
        By::ManagementKey(ADMIN),
        Action::KeyCreate,
        || On::KeysOf(Holder::Directory(id::organization(1))),
        Reason::SignedInOnly,
    ),
    row(
        "a group of administrators, by an administrator",
        By::Session(ADMIN),
        Action::GroupMap,
        || On::GroupGives(id::group(1), OrganizationRole::Admin),
        Reason::AboveYourRole,
    ),
    row(
        "a group of administrators, by an owner",
        By::Session(OWNER),
        Action::GroupMap,
        || On::GroupGives(id::group(1), OrganizationRole::Admin),
        Reason::Granted,
    ),
    row(
        "leaving a workspace",
        By::Session(MEMBER),
        Action::WorkspaceMembershipRemove,
        || On::Place(id::workspace(1), Member::User(id::user(MEMBER))),
        Reason::Granted,
    ),
    row(
        "nobody's decisions",
        By::Session(MEMBER),
        Action::DecisionRead,
        || On::Evidence(None),
        Reason::NotYours,
    ),
];
