//! Small random organizations with everything in them that a decision may rest on.

use model::{
    AccessMode, Agent, AgentState, Attachment, Because, CredentialMode, DefinitionHash, GatewayState,
    GroupMember, Holder, IdentityMode, InvitationState, Key, KeyState, Member, MembershipState, Operator,
    OrganizationRole, OrganizationState, Override, RobotState, Scope, ScopeEntry, ServerState, Stop,
    ToolState,
};
use serde_json::json;

use crate::dice::Dice;
use crate::edits::{Facts, all};
use crate::{id, make};

pub(crate) const TOOLS: [&str; 4] = ["read_note", "write_note", "delete_note", "Read_note"];
const PATTERNS: [&str; 8] =
    ["*", "read_*", "*_note", "read_note", "write_note", "**", "*e*_n*te", "delete_*"];
/// The slugs of workspaces, of servers, and one that nothing has.
pub(crate) const SLUGS: [&str; 4] = ["one", "two", "three", "nowhere"];

/// Users 1 to 3 are at home in the host; 4 and 5 in the other organization, and 4 is mostly a guest of the host.
const HOST_USERS: [usize; 3] = [1, 2, 3];
const AWAY_USERS: [usize; 2] = [4, 5];
/// Agents 1 to 4 belong to the host, 11 and 12 to the other organization. A key has its agent's number.
pub(crate) const HOST_AGENTS: [usize; 4] = [1, 2, 3, 4];
pub(crate) const AWAY_AGENTS: [(usize, usize); 2] = [(11, 4), (12, 5)];
/// Robots 1 and 2 belong to the host, 3 to the other organization. A key has its robot's number plus 20.
const HOST_ROBOTS: [usize; 2] = [1, 2];
pub(crate) const THREE: [usize; 3] = [1, 2, 3];

fn because() -> Because {
    make::because(None)
}

/// The organization that is asked. It needs the other one's agents, to invite and to narrow them.
pub(crate) fn host(dice: &mut Dice, away: &Facts) -> Facts {
    let mut facts = Facts::default();
    facts.add(make::organization(1, "host"));
    organization(dice, &mut facts, 1);
    people(dice, &mut facts);
    catalogue(dice, &mut facts);
    places(dice, &mut facts);
    let owners = HOST_AGENTS.map(|number| (number, dice.pick(&HOST_USERS)));
    principals(dice, &mut facts, &owners, &HOST_ROBOTS);
    let agents: Vec<Agent> = [&facts, away].iter().flat_map(|side| agents_of(side)).collect();
    exceptions(dice, &mut facts, &agents);
    gateways(&mut facts);
    directory(dice, &mut facts);
    facts
}

/// The organization that guests come from.
pub(crate) fn away(dice: &mut Dice) -> Facts {
    let mut facts = Facts::default();
    facts.add(make::organization(2, "away"));
    organization(dice, &mut facts, 2);
    for number in AWAY_USERS {
        facts.add(make::user(number, "visitor"));
        facts.add(make::member(id::user(number), OrganizationRole::Member));
        suspend(dice, &mut facts, number, 4);
    }
    principals(dice, &mut facts, &AWAY_AGENTS, &[3]);
    facts
}

pub(crate) fn agents_of(facts: &Facts) -> Vec<Agent> {
    all!(facts.0, Agent).cloned().collect()
}

fn organization(dice: &mut Dice, facts: &mut Facts, number: usize) {
    facts.organization(id::organization(number), |o| {
        o.state = dice.mostly(OrganizationState::Active, 2, &[OrganizationState::Suspended(because())]);
        o.stop = dice.mostly(Stop::Released, 3, &[Stop::Pressed(because())]);
    });
}

fn suspend(dice: &mut Dice, facts: &mut Facts, user: usize, percent: usize) {
    let suspended = MembershipState::Suspended(because());
    facts.member(id::user(user), |m| m.state = dice.mostly(MembershipState::Active, percent, &[suspended]));
}

fn people(dice: &mut Dice, facts: &mut Facts) {
    use OrganizationRole::{Admin, Auditor, Guest, Member, Owner};
    for number in HOST_USERS {
        facts.add(make::user(number, "person"));
        facts.add(make::member(id::user(number), dice.pick(&[Member, Admin, Owner, Auditor, Guest])));
        suspend(dice, facts, number, 4);
        facts.add(make::key(40 + number, Holder::User(id::user(number))));
    }
    for (number, absent) in [(4, 5), (5, 60)] {
        if !dice.rarely(absent) {
            facts.add(make::user(number, "visitor"));
            facts.add(make::member(id::user(number), Guest));
            suspend(dice, facts, number, 4);
        }
    }
}

/// What a directory told: groups, who is in them, what they give.
fn directory(dice: &mut Dice, facts: &mut Facts) {
    for number in HOST_USERS {
        facts.add(make::directory_user(number));
    }
    for number in THREE {
        facts.add(make::group(number));
        facts.add(GroupMember { group: id::group(number), user: id::user(dice.pick(&HOST_USERS)) });
        facts.add(make::mapping(number, id::group(number), id::workspace(number), id::role(number)));
    }
}

/// Servers, tools, roles and grants.
fn catalogue(dice: &mut Dice, facts: &mut Facts) {
    for number in THREE {
        facts.add(make::server(number, SLUGS[number - 1]));
        facts.server(id::server(number), |s| {
            s.credential_mode = dice.mostly(CredentialMode::Shared, 15, &[CredentialMode::Personal]);
            s.identity_mode =
                dice.mostly(IdentityMode::Agent, 8, &[IdentityMode::OnBehalfOf, IdentityMode::Hybrid]);
            s.state = dice.mostly(ServerState::Active, 4, &[ServerState::Removed(because())]);
        });
        for (at, name) in TOOLS.iter().enumerate() {
            if dice.rarely(8) {
                continue;
            }
            let tool = number * 10 + at;
            facts.add(make::tool(tool, id::server(number), name));
            facts.tool(id::tool(tool), |t| {
                t.reviewed = dice.mostly(t.reviewed, 5, &[None, Some(DefinitionHash([9; 32]))]);
                t.state = dice.mostly(ToolState::Offered, 4, &[ToolState::Withdrawn]);
            });
        }
        facts.add(make::role(number, SLUGS[number - 1]));
    }
    for number in 1..=(7 + dice.roll(4)) {
        let (role, server) = (id::role(dice.pick(&THREE)), id::server(dice.pick(&THREE)));
        facts.add(make::grant(number, role, server, dice.pick(&PATTERNS)));
        if dice.rarely(30) {
            facts.grant(id::grant(number), |g| g.constraints = vec![constraint(dice)]);
        }
    }
}

pub(crate) fn constraint(dice: &mut Dice) -> model::Constraint {
    let (pointer, operator, value) = dice.pick(&[
        ("/amount", Operator::AtMost, json!(100)),
        ("/amount", Operator::LessThan, json!(9_007_199_254_740_993_u64)),
        ("/amount", Operator::AtLeast, json!(0.5)),
        ("/amount", Operator::GreaterThan, json!(-1)),
        ("/amount", Operator::Equals, json!(50.0)),
        ("/amount", Operator::NotEquals, json!(50)),
        ("/to", Operator::StartsWith, json!("ops@")),
        ("/to", Operator::In, json!(["ops@northwind.example", 7])),
        ("/to", Operator::NotIn, json!(["ops@northwind.example"])),
        ("/list/1", Operator::Equals, json!({"a": 1})),
        ("/a~1b", Operator::Equals, json!(true)),
        ("", Operator::NotEquals, json!({})),
    ]);
    make::constraint(pointer, operator, value)
}

/// Workspaces, what is offered there and who is in them.
fn places(dice: &mut Dice, facts: &mut Facts) {
    let members = HOST_USERS.iter().chain(&AWAY_USERS).map(|n| Member::User(id::user(*n)));
    let members: Vec<Member> = members.chain(HOST_ROBOTS.map(|n| Member::Robot(id::robot(n)))).collect();
    let mut count = 0;
    for number in THREE {
        facts.add(make::workspace(number, SLUGS[number - 1]));
        facts.workspace(id::workspace(number), |w| {
            w.access_mode = dice.mostly(AccessMode::Inherit, 20, &[AccessMode::Explicit]);
            w.guest_agents = !dice.rarely(25);
            w.identity_mode = dice.mostly(
                None,
                6,
                &[Some(IdentityMode::Agent), Some(IdentityMode::OnBehalfOf), Some(IdentityMode::Hybrid)],
            );
        });
        for server in THREE {
            if !dice.rarely(25) {
                facts.add(Attachment { server: id::server(server), workspace: id::workspace(number) });
            }
        }
        for member in &members {
            for _ in 0..dice.pick(&[1, 1, 0, 2, 1, 0]) {
                count += 1;
                facts.add(make::place(count, id::workspace(number), *member, id::role(dice.pick(&THREE))));
            }
        }
    }
}

fn scope(dice: &mut Dice, most: usize) -> Scope {
    (0..dice.roll(most + 1)).map(|_| entry(dice)).collect()
}

pub(crate) fn entry(dice: &mut Dice) -> ScopeEntry {
    let place = dice.mostly(None, 35, &THREE.map(|n| Some(id::workspace(n))));
    let server = dice.mostly(None, 35, &THREE.map(|n| Some(id::server(n))));
    make::entry(place, server, dice.mostly("*", 45, &PATTERNS))
}

fn principals(dice: &mut Dice, facts: &mut Facts, agents: &[(usize, usize)], robots: &[usize]) {
    for (number, owner) in agents {
        let mut wide = scope(dice, 2);
        wide.entries.extend((!dice.rarely(25)).then(|| entry(dice)));
        let mut agent = make::agent(*number, id::user(*owner), wide);
        agent.never = if dice.rarely(20) { scope(dice, 2) } else { Scope::default() };
        let stopped =
            [AgentState::Paused(because()), AgentState::Unowned(because()), AgentState::Revoked(because())];
        agent.state = dice.mostly(AgentState::Live, 5, &stopped);
        facts.add(agent);
        facts.add(key(dice, *number, Holder::Agent(id::agent(*number))));
    }
    for number in robots {
        let mut robot = make::robot(*number, vec![]);
        let stopped = [RobotState::Paused(because()), RobotState::Deleted(because())];
        robot.state = dice.mostly(RobotState::Live, 5, &stopped);
        facts.add(robot);
        facts.add(key(dice, number + 20, Holder::Robot(id::robot(*number))));
    }
}

fn key(dice: &mut Dice, number: usize, holder: Holder) -> Key {
    let mut key = make::key(number, holder);
    let retiring = |grace_expires_at| KeyState::Retiring { grace_expires_at, successor: id::key(90) };
    let states =
        [KeyState::Revoked(because()), retiring(make::now() + make::hours(1)), retiring(make::now())];
    key.state = dice.mostly(KeyState::Live, 6, &states);
    key.expires_at = dice.mostly(key.expires_at, 2, &[make::now(), make::now() - make::hours(1)]);
    if dice.rarely(8) {
        key.limits.addresses =
            vec![dice.pick(&["10.0.0.0/9", "192.0.2.0/24", "2001:db8::/33"]).parse().unwrap()];
    }
    if dice.rarely(5) {
        key.limits.gateways = vec![id::gateway(dice.pick(&[1, 2]))];
    }
    key.limits.max_uses = dice.mostly(None, 5, &[Some(3), Some(0)]);
    if dice.rarely(20) {
        key.limits.scope = Some(scope(dice, 3));
    }
    key
}

/// Invitations and overrides, of this organization's agents and of the guests'.
fn exceptions(dice: &mut Dice, facts: &mut Facts, agents: &[Agent]) {
    let mut count = 0;
    for agent in agents {
        for place in THREE {
            count += 1;
            if dice.rarely(40) {
                continue;
            }
            let mut invitation = make::invitation(count, id::workspace(place), home_of(agent), agent);
            invitation.invited_by = dice.mostly(agent.owner, 10, &[id::user(1), id::user(2)]);
            let states = [
                InvitationState::Pending,
                InvitationState::Declined(because()),
                InvitationState::Withdrawn(because()),
            ];
            invitation.state = dice.mostly(invitation.state, 20, &states);
            facts.add(invitation);
        }
    }
    for number in 1..=dice.roll(3) {
        facts.add(narrowing(dice, number, agents));
    }
}

fn home_of(agent: &Agent) -> model::OrganizationId {
    let visitor = AWAY_AGENTS.iter().any(|(number, _)| id::agent(*number) == agent.id);
    id::organization(if visitor { 2 } else { 1 })
}

pub(crate) fn narrowing(dice: &mut Dice, number: usize, agents: &[Agent]) -> Override {
    let agent = dice.pick(agents);
    let mut narrowing = make::narrowing(number, id::workspace(dice.pick(&THREE)), home_of(&agent), agent.id);
    narrowing.blocked = dice.rarely(30);
    narrowing.denied = (0..dice.roll(3))
        .map(|_| (id::server(dice.pick(&THREE)), dice.pick(&PATTERNS).parse().unwrap()))
        .collect();
    narrowing
}

/// One that may do everything, one that may do nothing unusual, one that is held.
fn gateways(facts: &mut Facts) {
    (1..=3).for_each(|number| facts.add(make::gateway(number)));
    facts.gateway(id::gateway(2), |g| {
        g.may_assert_subjects = false;
        g.allows_unseen_tools = false;
    });
    facts.gateway(id::gateway(3), |g| g.state = GatewayState::Paused(because()));
    facts.add(make::key(31, Holder::Gateway(id::gateway(1))));
}
