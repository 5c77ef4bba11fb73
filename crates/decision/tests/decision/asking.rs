//! Random calls: most of them near something that is granted, so that a good part is allowed.

use decision::Subject;
use model::{Attachment, Grant, Member, PrincipalId, WorkspaceMembership};
use proptest::prelude::*;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::ask::{Ask, What};
use crate::dice::Dice;
use crate::edits::{Facts, all};
use crate::generate::{self, AWAY_AGENTS, HOST_AGENTS, SLUGS, THREE, TOOLS};
use crate::id;
use crate::text::names;

/// Two organizations, some calls, and dice for whatever else a law wants to draw.
#[derive(Debug)]
pub(crate) struct Drawn {
    pub(crate) host: Facts,
    pub(crate) away: Facts,
    pub(crate) asks: Vec<Ask>,
    pub(crate) dice: Dice,
}

/// Calls per pair of organizations: building these costs more than deciding.
const CALLS: usize = 8;

pub(crate) fn drawn() -> impl Strategy<Value = Drawn> {
    let bytes = |length| prop::collection::vec(any::<u8>(), length);
    (bytes(800), bytes(30 * CALLS), bytes(60)).prop_map(|(world, calls, rest)| {
        let mut dice = Dice::new(world);
        let away = generate::away(&mut dice);
        let host = generate::host(&mut dice, &away);
        let mut dice = Dice::new(calls);
        let asks = (0..CALLS).map(|_| ask(&mut dice, &host, &away)).collect();
        Drawn { host, away, asks, dice: Dice::new(rest) }
    })
}

fn ask(dice: &mut Dice, host: &Facts, away: &Facts) -> Ask {
    let mut ask = if dice.rarely(12) { anything(dice) } else { near(dice, host, away) };
    ask.gateway = id::gateway(dice.mostly(1, 4, &[2, 3, 9]));
    ask.delegation = dice.rarely(2);
    ask.address = dice.mostly(Some([10, 0, 0, 7].into()), 6, &addresses());
    ask.uses = dice.mostly(0, 6, &[2, 3, 4]);
    ask
}

fn addresses() -> Vec<Option<std::net::IpAddr>> {
    let text = ["10.200.0.1", "192.0.2.9", "2001:db8::1", "2001:db8:8000::1", "::ffff:10.1.2.3"];
    text.iter().map(|text| Some(text.parse().unwrap())).chain([None]).collect()
}

/// A call that follows a membership to one of its role's grants.
fn near(dice: &mut Dice, host: &Facts, away: &Facts) -> Ask {
    let mut ask = anything(dice);
    let places = all!(host.0, WorkspaceMembership);
    let granted: Vec<(&WorkspaceMembership, &Grant)> = places
        .flat_map(|place| all!(host.0, Grant).map(move |grant| (place, grant)))
        .filter(|(place, grant)| place.role == grant.role && offered(host, place, grant))
        .collect();
    if granted.is_empty() {
        return ask;
    }
    let (place, grant) = dice.pick(&granted);
    let slug = |id: Uuid| SLUGS[number(id) - 1].to_owned();
    ask.workspace = dice.mostly(Some(slug(place.workspace.uuid())), 7, &[None]);
    ask.server = slug(grant.server.uuid());
    let reached = |tool: &&str| names(grant.tools.as_str().as_bytes(), tool.as_bytes());
    let tools: Vec<&str> = TOOLS.into_iter().filter(reached).collect();
    let any = tools.is_empty() || dice.rarely(12);
    ask.what = what(dice, if any { &TOOLS } else { &tools });
    (ask.subject, ask.abroad) = somebody_of(dice, place.member, host, away);
    ask
}

fn offered(host: &Facts, place: &WorkspaceMembership, grant: &Grant) -> bool {
    host.0.contains(&Attachment { server: grant.server, workspace: place.workspace }.into())
}

/// The small number in an id of the tests.
fn number(id: Uuid) -> usize {
    usize::from(id.as_bytes()[15])
}

/// The member, or an agent of theirs, from wherever that is.
fn somebody_of(dice: &mut Dice, member: Member, host: &Facts, away: &Facts) -> (Subject, bool) {
    let user = match member {
        Member::User(user) => user,
        Member::Robot(robot) => {
            let key = Subject::Key(id::key(20 + number(robot.uuid())));
            return (dice.mostly(key, 30, &[Subject::Asserted(member.into())]), false);
        }
    };
    let mut somebody = vec![(Subject::Asserted(PrincipalId::User(user)), false)];
    for (side, abroad) in [(host, false), (away, true)] {
        for agent in generate::agents_of(side).iter().filter(|agent| agent.owner == user) {
            let number = number(agent.id.uuid());
            let key = Subject::Key(id::key(number));
            let asserted = Subject::Asserted(PrincipalId::Agent(agent.id));
            somebody.push((dice.mostly(key, 30, &[asserted]), abroad));
        }
    }
    // Agents rather than the person, where there are any.
    let from = usize::from(somebody.len() > 1 && !dice.rarely(20));
    dice.pick(&somebody[from..])
}

fn arguments(dice: &mut Dice) -> Option<Value> {
    dice.pick(&[
        Some(json!({"amount": 50, "to": "ops@northwind.example", "list": [1, {"a": 1}], "a/b": true})),
        Some(json!({"amount": 50.0, "to": "someone"})),
        Some(json!({"amount": 9_007_199_254_740_992_u64, "to": 7.0})),
        Some(json!({"amount": "50"})),
        Some(json!({"amount": 0.25, "to": "ops@"})),
        Some(json!({})),
        None,
    ])
}

fn what(dice: &mut Dice, tools: &[&str]) -> What {
    let tool = dice.pick(tools).to_owned();
    let usual = What::Tool(tool.clone(), arguments(dice));
    let others = [What::Visible(tool), What::Session, What::Unseen, What::Session, What::Unseen];
    let odd = [What::UnknownMethod, What::Malformed, What::Tool("no_such".into(), None)];
    let usual = dice.mostly(usual, 35, &others);
    dice.mostly(usual, 4, &odd)
}

/// A call of anybody for anything.
fn anything(dice: &mut Dice) -> Ask {
    let number = dice.pick(&[1, 2, 3, 4, 11, 12, 21, 22, 23, 31, 41, 77]);
    let host_agents = HOST_AGENTS.map(|n| PrincipalId::Agent(id::agent(n)));
    let away_agents = AWAY_AGENTS.map(|(n, _)| PrincipalId::Agent(id::agent(n)));
    let robots = THREE.map(|n| PrincipalId::Robot(id::robot(n)));
    let users = [1, 2, 3, 4, 5, 77].map(|n| PrincipalId::User(id::user(n)));
    let principals: Vec<PrincipalId> =
        [&host_agents[..], &away_agents, &robots, &users].into_iter().flatten().copied().collect();
    let subjects = [
        Subject::Asserted(dice.pick(&principals)),
        Subject::Missing,
        Subject::Unknown,
        Subject::AssertedUnknown,
        Subject::Mismatch(id::key(number)),
    ];
    Ask {
        gateway: id::gateway(1),
        subject: dice.mostly(Subject::Key(id::key(number)), 50, &subjects),
        delegation: false,
        server: dice.pick(&SLUGS).into(),
        workspace: if dice.rarely(25) { None } else { Some(dice.pick(&SLUGS).into()) },
        what: what(dice, &TOOLS),
        address: None,
        uses: 0,
        abroad: matches!(number, 11 | 12 | 23) != dice.rarely(5),
    }
}
