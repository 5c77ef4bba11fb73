//! Every way in which the allowed call of the example world can fail, in the order of the questions.

use decision::{Reason, Subject};
use model::{
    AccessMode, AgentState, DefinitionHash, Fact, GatewayState, Holder, IdentityMode, KeyState,
    MembershipState, OrganizationRole, OrganizationState, PrincipalId, RobotState, Scope, ServerState, Stop,
    ToolState,
};
use serde_json::json;

use crate::ask::What;
use crate::case::Case;
use crate::world::{
    self, GATEWAY_KEY, LEDGER, MEMBER, NARROW, NOTES, PLATFORM, ROBOT_KEY, SCOUT, VAULT, VISITOR,
};
use crate::{id, make};

pub(crate) type Row = (Reason, fn(&mut Case));

/// One thing wrong per row, and no two rows touch the same thing in ways that cancel: any two can be wrong at once,
/// and then the earlier is the reason.
pub(crate) const IN_ORDER: &[Row] = &[
    (Reason::GatewayInactive, |c| {
        c.host.gateway(id::gateway(1), |g| g.state = GatewayState::Paused(make::because(None)));
    }),
    (Reason::Malformed, |c| c.ask.what = What::Malformed),
    (Reason::CredentialRevoked, |c| {
        c.host.key(id::key(SCOUT), |k| k.state = KeyState::Revoked(make::because(None)));
    }),
    (Reason::CredentialExpired, |c| c.host.key(id::key(SCOUT), |k| k.expires_at = make::now())),
    (Reason::SubjectMismatch, |c| c.ask.subject = Subject::Mismatch(id::key(SCOUT))),
    (Reason::AddressNotAllowed, |c| {
        c.host.key(id::key(SCOUT), |k| k.limits.addresses = vec!["192.0.2.0/24".parse().unwrap()]);
    }),
    (Reason::GatewayNotAllowed, |c| c.host.key(id::key(SCOUT), |k| k.limits.gateways = vec![id::gateway(2)])),
    (Reason::UsesExhausted, |c| {
        c.ask.uses = 3;
        c.host.key(id::key(SCOUT), |k| k.limits.max_uses = Some(3));
    }),
    (Reason::OrganizationSuspended, |c| {
        c.host.organization(id::organization(1), |o| {
            o.state = OrganizationState::Suspended(make::because(None));
        });
    }),
    (Reason::AgentPaused, |c| world::scout(c, |a| a.state = AgentState::Paused(make::because(None)))),
    (Reason::AgentsStopped, |c| {
        c.host.organization(id::organization(1), |o| o.stop = Stop::Pressed(make::because(None)));
    }),
    (Reason::OwnerInactive, |c| {
        c.host.member(id::user(MEMBER), |m| m.state = MembershipState::Suspended(make::because(None)));
    }),
    (Reason::ServerUnknown, |c| {
        c.host.server(id::server(NOTES), |s| s.state = ServerState::Removed(make::because(None)));
    }),
    (Reason::ServerUnreachable, |c| {
        c.host.remove(|f| matches!(f, Fact::Attachment(a) if a.server == id::server(NOTES)));
    }),
    (Reason::NotAMember, |c| {
        c.host.remove(|f| matches!(f, Fact::WorkspaceMembership(p) if p.id == id::place(1)));
    }),
    (Reason::GuestAgentsRefused, |c| {
        c.host.member(id::user(MEMBER), |m| m.role = OrganizationRole::Guest);
        c.host.workspace(id::workspace(PLATFORM), |w| w.guest_agents = false);
    }),
    (Reason::InvitationRequired, |c| {
        c.host.workspace(id::workspace(PLATFORM), |w| w.access_mode = AccessMode::Explicit);
    }),
    (Reason::ToolChanged, |c| c.host.tool(id::tool(13), |t| t.definition = DefinitionHash([2; 32]))),
    (Reason::ArgumentNotAllowed, |c| c.ask.what = What::Tool("pay".into(), Some(json!({"amount": 101})))),
    (Reason::OutsideScope, |c| world::scout(c, |a| a.scope = Scope::default())),
    (Reason::NeverListed, |c| world::scout(c, |a| a.never = make::everything())),
    (Reason::BlockedHere, |c| {
        let mut block = make::narrowing(1, id::workspace(PLATFORM), id::organization(1), id::agent(SCOUT));
        block.blocked = true;
        c.host.add(block);
    }),
    (Reason::OutsideKeyScope, |c| c.host.key(id::key(SCOUT), |k| k.limits.scope = Some(Scope::default()))),
    (Reason::DelegationUnknown, |c| c.ask.delegation = true),
    (Reason::UserRequired, |c| {
        c.host.server(id::server(NOTES), |s| s.identity_mode = IdentityMode::OnBehalfOf);
    }),
];

fn assert(c: &mut Case, principal: PrincipalId) {
    c.ask.subject = Subject::Asserted(principal);
}

/// Every other way.
pub(crate) const OTHERS: &[Row] = &[
    (Reason::Granted, |_| {}),
    (Reason::Granted, |c| assert(c, PrincipalId::User(id::user(MEMBER)))),
    (Reason::Granted, |c| assert(c, PrincipalId::Robot(id::robot(1)))),
    (Reason::Granted, |c| c.ask = world::by_key(VISITOR, What::Tool("read_note".into(), None))),
    (Reason::Granted, |c| c.ask.workspace = None),
    (Reason::Granted, |c| c.ask.what = What::Session),
    (Reason::Granted, |c| c.ask.what = What::Visible("pay".into())),
    (Reason::Granted, |c| {
        // A person needs nobody's delegation, and may use what works with their own credentials.
        assert(c, PrincipalId::User(id::user(MEMBER)));
        (c.ask.server, c.ask.what) = ("mail".into(), What::Tool("read_note".into(), None));
    }),
    (Reason::MethodUnknown, |c| c.ask.what = What::UnknownMethod),
    (Reason::GatewayInactive, |c| c.ask.gateway = id::gateway(9)),
    (Reason::ToolUnseen, |c| (c.ask.gateway, c.ask.what) = (id::gateway(2), What::Unseen)),
    (Reason::CredentialMissing, |c| c.ask.subject = Subject::Missing),
    (Reason::CredentialUnknown, |c| c.ask.subject = Subject::Unknown),
    (Reason::CredentialUnknown, |c| c.ask.subject = Subject::Key(id::key(999))),
    (Reason::CredentialUnknown, |c| c.ask.abroad = true),
    (Reason::CredentialKind, |c| c.ask.subject = Subject::Key(id::key(GATEWAY_KEY))),
    (Reason::CredentialKind, |c| c.ask.subject = Subject::Key(id::key(world::management_key(MEMBER)))),
    (Reason::CredentialExpired, |c| {
        let grace_expires_at = make::now();
        let retiring = KeyState::Retiring { grace_expires_at, successor: id::key(NARROW) };
        c.host.key(id::key(SCOUT), |k| k.state = retiring);
    }),
    (Reason::AddressNotAllowed, |c| {
        c.ask.address = None;
        c.host.key(id::key(SCOUT), |k| k.limits.addresses = vec!["10.0.0.0/8".parse().unwrap()]);
    }),
    (Reason::SubjectNotAssertable, |c| {
        c.ask.gateway = id::gateway(2);
        assert(c, PrincipalId::Agent(id::agent(SCOUT)));
    }),
    (Reason::SubjectNotAssertable, |c| {
        (c.ask.gateway, c.ask.subject) = (id::gateway(2), Subject::AssertedUnknown);
    }),
    (Reason::SubjectUnknown, |c| c.ask.subject = Subject::AssertedUnknown),
    (Reason::SubjectUnknown, |c| assert(c, PrincipalId::Agent(id::agent(99)))),
    (Reason::SubjectUnknown, |c| assert(c, PrincipalId::Robot(id::robot(99)))),
    (Reason::UserInactive, |c| assert(c, PrincipalId::User(id::user(99)))),
    (Reason::UserInactive, |c| assert(c, PrincipalId::User(id::user(world::SUSPENDED)))),
    (Reason::OrganizationSuspended, |c| {
        c.ask = world::by_key(VISITOR, What::Session);
        c.away.organization(id::organization(2), |o| {
            o.state = OrganizationState::Suspended(make::because(None));
        });
    }),
    (Reason::AgentsStopped, |c| {
        c.ask = world::by_key(VISITOR, What::Session);
        c.host.organization(id::organization(1), |o| o.stop = Stop::Pressed(make::because(None)));
    }),
    (Reason::AgentRevoked, |c| world::scout(c, |a| a.state = AgentState::Revoked(make::because(None)))),
    (Reason::AgentUnowned, |c| world::scout(c, |a| a.state = AgentState::Unowned(make::because(None)))),
    (Reason::RobotPaused, |c| {
        assert(c, PrincipalId::Robot(id::robot(1)));
        c.host.robot(id::robot(1), |r| r.state = RobotState::Paused(make::because(None)));
    }),
    (Reason::RobotDeleted, |c| {
        assert(c, PrincipalId::Robot(id::robot(1)));
        c.host.robot(id::robot(1), |r| r.state = RobotState::Deleted(make::because(None)));
    }),
    (Reason::WorkspaceUnknown, |c| c.ask.workspace = Some("nowhere".into())),
    (Reason::WorkspaceRequired, |c| (c.ask.server, c.ask.workspace) = ("ledger".into(), None)),
    (Reason::NotAMember, |c| {
        c.ask = world::by_key(VISITOR, What::Session);
        (c.ask.server, c.ask.workspace) = ("ledger".into(), None);
    }),
    (Reason::ServerUnknown, |c| c.ask.server = "Notes".into()),
    (Reason::ServerUnreachable, |c| (c.ask.server, c.ask.workspace) = ("spare".into(), None)),
    (Reason::InvitationRequired, |c| {
        // Another person's invitation does not count: only the present owner's does.
        (c.ask.server, c.ask.workspace) = ("ledger".into(), Some("vault".into()));
        let mut agent = make::agent(SCOUT, id::user(world::OTHER), make::everything());
        agent.owner = id::user(world::OTHER);
        c.host.add(make::invitation(1, id::workspace(VAULT), id::organization(1), &agent));
    }),
    (Reason::GuestAgentsRefused, |c| {
        c.ask = world::by_key(VISITOR, What::Session);
        c.host.workspace(id::workspace(PLATFORM), |w| w.guest_agents = false);
    }),
    (Reason::ToolUnknown, |c| c.ask.what = What::Tool("PAY".into(), None)),
    (Reason::ToolUnknown, |c| c.host.tool(id::tool(13), |t| t.state = ToolState::Withdrawn)),
    (Reason::ToolChanged, |c| c.host.tool(id::tool(13), |t| t.reviewed = None)),
    (Reason::NotGranted, |c| c.ask.what = What::Tool("secret_note".into(), None)),
    (Reason::NotGranted, |c| c.host.remove(|f| matches!(f, Fact::Role(r) if r.id == id::role(1)))),
    (Reason::ArgumentsMissing, |c| c.ask.what = What::Tool("pay".into(), None)),
    (Reason::ArgumentNotAllowed, |c| c.ask.what = What::Tool("pay".into(), Some(json!({"amount": "50"})))),
    (Reason::OutsideScope, |c| c.ask.subject = Subject::Key(id::key(NARROW))),
    (Reason::OutsideKeyScope, |c| {
        c.ask.subject = Subject::Key(id::key(ROBOT_KEY));
        c.host.key(id::key(ROBOT_KEY), |k| k.limits.scope = Some(world::agent_scope_narrow()));
    }),
    (Reason::PersonalServer, |c| {
        assert(c, PrincipalId::Robot(id::robot(1)));
        c.ask.server = "mail".into();
        c.ask.what = What::Session;
    }),
    (Reason::UserRequired, |c| (c.ask.server, c.ask.what) = ("mail".into(), What::Session)),
    (Reason::UserRequired, |c| {
        // The workspace may be stricter than the server.
        c.host.workspace(id::workspace(PLATFORM), |w| w.identity_mode = Some(IdentityMode::Hybrid));
    }),
    (Reason::SubjectUnknown, |c| {
        c.host.key(id::key(SCOUT), |k| k.holder = Holder::Agent(id::agent(99)));
    }),
];

/// A gateway that does not show the tool, on a server where the agent may call everything, and what then stops it.
pub(crate) const UNSEEN: &[Row] = &[
    (Reason::Granted, |_| {}),
    (Reason::ToolUnseen, |c| c.host.grant(id::grant(6), |g| g.tools = "read_*".parse().unwrap())),
    (Reason::ToolUnseen, |c| {
        let limit = make::constraint("/amount", model::Operator::AtMost, json!(100));
        c.host.grant(id::grant(6), |g| g.constraints = vec![limit]);
    }),
    (Reason::ToolChanged, |c| c.host.tool(id::tool(LEDGER * 10), |t| t.reviewed = None)),
    (Reason::ToolUnseen, |c| world::scout(c, |a| a.scope = only_reading())),
    (Reason::NeverListed, |c| world::scout(c, |a| a.never = only_reading())),
    (Reason::ToolUnseen, |c| c.host.key(id::key(SCOUT), |k| k.limits.scope = Some(only_reading()))),
    (Reason::BlockedHere, |c| {
        let mut narrowed = make::narrowing(1, id::workspace(VAULT), id::organization(1), id::agent(SCOUT));
        narrowed.denied = vec![(id::server(LEDGER), "delete_*".parse().unwrap())];
        c.host.add(narrowed);
    }),
];

fn only_reading() -> Scope {
    [make::entry(None, None, "read_*")].into_iter().collect()
}

/// The call that [`UNSEEN`] starts from.
pub(crate) fn unseen() -> Case {
    let mut case = world::allowed();
    (case.ask.server, case.ask.workspace) = ("ledger".into(), Some("vault".into()));
    case.ask.what = What::Unseen;
    let agent = make::agent(SCOUT, id::user(MEMBER), make::everything());
    case.host.add(make::invitation(1, id::workspace(VAULT), id::organization(1), &agent));
    case
}
