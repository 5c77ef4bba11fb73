//! The second part: every kind of principal, on every kind of server, in every state of a tool.

use std::fmt::Write;

use decision::Subject;
use model::{CredentialMode, DefinitionHash, Fact, IdentityMode, Operator, PrincipalId, Risk, Scope};
use serde_json::json;

use super::{cell, heading, row};
use crate::ask::{Ask, What};
use crate::case::Case;
use crate::world::{self, CRON, FOREIGN, MEMBER, NOTES, PLATFORM, SCOUT, VISITOR};
use crate::{id, make};

const INTRODUCTION: &str = "\
## Calls

Each table is a kind of server: whose credentials it is called with (*shared*: the organization's; *personal*: each person's own) and who must be allowed (*agent*: the agent alone; *on_behalf_of* and *hybrid*: a person too).
Each row is a tool, and what stands for or against the call.
The columns are who makes it:

- *user*: a member of the workspace whose role grants the tool.
- *owner's agent*: an agent of that person.
- *guest's agent*: an agent of a person from another organization, who is a guest of the workspace with the same role; *let in* and *kept out* is what the workspace says about guests' agents.
- *robot*: a robot in the workspace with the same role.
- *strange agent*: an agent of another organization whose owner is not here.

Scopes, never-lists and overrides are an agent's; for users and robots those rows show that nothing else narrows them.
Where the caller is told another reason than the one recorded, so that what is forbidden looks like what does not exist, it follows in brackets.
";

const TOOL: usize = 11;

/// What stands for or against the call, and how to bring that about.
type Row = (&'static str, fn(&mut Case));

const ROWS: &[Row] = &[
    ("a tool that reads, granted", |_| {}),
    ("a tool that writes, granted", |c| c.host.tool(id::tool(TOOL), |t| t.risk = Risk::Write)),
    ("a destructive tool, granted", |c| c.host.tool(id::tool(TOOL), |t| t.risk = Risk::Destructive)),
    ("granted, listed only", |c| c.ask.what = What::Session),
    ("granted, tool not shown by the gateway", |c| c.ask.what = What::Unseen),
    ("every tool granted, none shown by the gateway", |c| {
        c.ask.what = What::Unseen;
        c.host.grant(id::grant(1), |g| g.tools = "*".parse().unwrap());
    }),
    ("arguments within the grant's limit", |c| limited(c, Some(100))),
    ("arguments over the grant's limit", |c| limited(c, Some(101))),
    ("arguments not sent, though limited", |c| limited(c, None)),
    ("not granted", |c| c.host.remove(|f| matches!(f, Fact::Grant(g) if g.server == id::server(NOTES)))),
    ("unknown tool", |c| c.ask.what = What::Tool("no_such".into(), None)),
    ("changed since it was reviewed", |c| {
        c.host.tool(id::tool(TOOL), |t| t.definition = DefinitionHash([2; 32]));
    }),
    ("granted, outside the agent's scope", |c| agents(c, |a| a.scope = others())),
    ("granted, agent without a scope", |c| agents(c, |a| a.scope = Scope::default())),
    ("granted, on the agent's never-list", |c| agents(c, |a| a.never = make::everything())),
    ("granted, agent blocked in the workspace", block),
    ("no longer in the workspace", |c| c.host.remove(|f| matches!(f, Fact::WorkspaceMembership(_)))),
];

fn others() -> Scope {
    [make::entry(None, None, "delete_*")].into_iter().collect()
}

fn limited(case: &mut Case, amount: Option<u32>) {
    for number in 1..=4 {
        case.host.grant(id::grant(number), |g| {
            g.constraints = vec![make::constraint("/amount", Operator::AtMost, json!(100))];
        });
    }
    case.ask.what = What::Tool("write_note".into(), amount.map(|amount| json!({ "amount": amount })));
}

fn agents(case: &mut Case, change: fn(&mut model::Agent)) {
    case.host.agent(id::agent(SCOUT), change);
    case.away.agent(id::agent(VISITOR), change);
    case.away.agent(id::agent(FOREIGN), change);
}

fn block(case: &mut Case) {
    for (number, home, agent) in [(1, 1, SCOUT), (2, 2, VISITOR), (3, 2, FOREIGN)] {
        let (workspace, home) = (id::workspace(PLATFORM), id::organization(home));
        let mut block = make::narrowing(number, workspace, home, id::agent(agent));
        block.blocked = true;
        case.host.add(block);
    }
}

/// Who makes the call: a name, the principal, whether it is from elsewhere, and whether guests' agents are let in.
const WHO: [(&str, Who, bool); 6] = [
    ("user", Who::User, true),
    ("owner's agent", Who::Agent(SCOUT), true),
    ("guest's agent, let in", Who::Agent(VISITOR), true),
    ("guest's agent, kept out", Who::Agent(VISITOR), false),
    ("robot", Who::Robot, true),
    ("strange agent", Who::Agent(FOREIGN), true),
];

#[derive(Clone, Copy)]
enum Who {
    User,
    Agent(usize),
    Robot,
}

impl Who {
    fn principal(self) -> PrincipalId {
        match self {
            Self::User => PrincipalId::User(id::user(MEMBER)),
            Self::Agent(number) => PrincipalId::Agent(id::agent(number)),
            Self::Robot => PrincipalId::Robot(id::robot(CRON)),
        }
    }
}

pub(super) fn part() -> String {
    let mut part = INTRODUCTION.to_owned();
    let titles: Vec<&str> = std::iter::once("tool").chain(WHO.map(|(title, ..)| title)).collect();
    for (credential, called) in [(CredentialMode::Shared, "shared"), (CredentialMode::Personal, "personal")] {
        for (identity, mode) in [
            (IdentityMode::Agent, "agent"),
            (IdentityMode::OnBehalfOf, "on_behalf_of"),
            (IdentityMode::Hybrid, "hybrid"),
        ] {
            write!(part, "\n### {called} credentials, identity {mode}\n\n{}", heading(&titles)).unwrap();
            for (name, change) in ROWS {
                let cells = WHO.map(|(_, who, let_in)| answer(credential, identity, *change, who, let_in));
                part.push_str(&row(&[&[(*name).to_owned()], &cells[..]].concat()));
            }
        }
    }
    part
}

fn answer(
    credential: CredentialMode,
    identity: IdentityMode,
    change: fn(&mut Case),
    who: Who,
    let_in: bool,
) -> String {
    let mut case = world::allowed();
    let abroad = matches!(who, Who::Agent(VISITOR | FOREIGN));
    let what = What::Tool("write_note".into(), None);
    case.ask = Ask { subject: Subject::Asserted(who.principal()), abroad, what, ..case.ask };
    case.host.server(id::server(NOTES), |server| {
        server.credential_mode = credential;
        server.identity_mode = identity;
    });
    case.host.workspace(id::workspace(PLATFORM), |workspace| workspace.guest_agents = let_in);
    change(&mut case);
    let decision = case.decide();
    let (reason, told) = (decision.reason(), decision.public_reason());
    if reason == told { cell(reason) } else { format!("{} ({})", cell(reason), told.code()) }
}
