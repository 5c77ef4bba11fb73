//! One believable organization and a neighbour, for tables and the matrix. Whoever is tested against it is a number:
//! people 1 owner, 2 admin, 3 member, 4 auditor, 5 guest, 6 suspended, 7 another member.

use decision::Subject;
use model::{
    AccessMode, Agent, Attachment, CredentialMode, Holder, Member, MembershipState, Operator,
    OrganizationRole, Risk, Scope, Visibility,
};
use serde_json::json;

use crate::ask::{Ask, What};
use crate::case::Case;
use crate::edits::Facts;
use crate::{id, make};

pub(crate) const OWNER: usize = 1;
pub(crate) const ADMIN: usize = 2;
pub(crate) const MEMBER: usize = 3;
pub(crate) const AUDITOR: usize = 4;
pub(crate) const GUEST: usize = 5;
pub(crate) const SUSPENDED: usize = 6;
pub(crate) const OTHER: usize = 7;

pub(crate) const PEOPLE: [(usize, &str, OrganizationRole); 7] = [
    (OWNER, "Olivia", OrganizationRole::Owner),
    (ADMIN, "Adam", OrganizationRole::Admin),
    (MEMBER, "Maya", OrganizationRole::Member),
    (AUDITOR, "Aude", OrganizationRole::Auditor),
    (GUEST, "Gus", OrganizationRole::Guest),
    (SUSPENDED, "Sam", OrganizationRole::Member),
    (OTHER, "Nils", OrganizationRole::Member),
];

pub(crate) const PLATFORM: usize = 1;
pub(crate) const VAULT: usize = 2;
/// A workspace that nobody is in.
pub(crate) const ATTIC: usize = 3;

pub(crate) const NOTES: usize = 1;
pub(crate) const MAIL: usize = 2;
/// Offered in the vault and in the attic.
pub(crate) const LEDGER: usize = 3;
/// Offered in the platform workspace; no role grants it.
pub(crate) const SHELF: usize = 4;
/// Offered nowhere.
pub(crate) const SPARE: usize = 5;

pub(crate) const SCOUT: usize = 1;
/// Maya's agent with a narrow scope.
pub(crate) const NARROW: usize = 2;
/// The agent of somebody else.
pub(crate) const STRANGE: usize = 3;
/// The guest's agent, from the neighbour.
pub(crate) const VISITOR: usize = 11;
/// An agent of the neighbour whose owner is not here.
pub(crate) const FOREIGN: usize = 12;

pub(crate) const CRON: usize = 1;

/// Keys: an agent's has its agent's number, the robot's is 21, a gateway's 31, a person's management key 40 and up.
pub(crate) const ROBOT_KEY: usize = 21;
pub(crate) const GATEWAY_KEY: usize = 31;
pub(crate) const DIRECTORY_KEY: usize = 35;
/// Whom the directory brought, besides the suspended person.
pub(crate) const BROUGHT: usize = 8;

pub(crate) fn management_key(person: usize) -> usize {
    40 + person
}

pub(crate) fn agent_scope_narrow() -> Scope {
    [make::entry(Some(id::workspace(PLATFORM)), Some(id::server(NOTES)), "read_*")].into_iter().collect()
}

/// The organization that is asked.
pub(crate) fn host() -> Facts {
    let mut facts = Facts::default();
    facts.add(make::organization(1, "northwind"));
    people(&mut facts);
    places(&mut facts);
    servers(&mut facts);
    principals(&mut facts);
    facts
}

fn people(facts: &mut Facts) {
    for (number, called, role) in PEOPLE {
        facts.add(make::user(number, called));
        facts.add(make::member(id::user(number), role));
        facts.add(make::key(management_key(number), Holder::User(id::user(number))));
    }
    facts.add(make::user(BROUGHT, "Bo"));
    facts.add(make::member(id::user(BROUGHT), OrganizationRole::Member));
    facts.add(make::directory_user(BROUGHT));
    facts.member(id::user(SUSPENDED), |m| m.state = MembershipState::Suspended(make::because(None)));
}

fn places(facts: &mut Facts) {
    for (number, slug) in [(PLATFORM, "platform"), (VAULT, "vault"), (ATTIC, "attic")] {
        facts.add(make::workspace(number, slug));
    }
    facts.workspace(id::workspace(VAULT), |w| w.access_mode = AccessMode::Explicit);
    facts.workspace(id::workspace(ATTIC), |w| w.visibility = Visibility::Private);
    facts.add(make::role(1, "engineer"));
    let members = [
        (1, PLATFORM, Member::User(id::user(MEMBER))),
        (2, PLATFORM, Member::User(id::user(GUEST))),
        (3, PLATFORM, Member::Robot(id::robot(CRON))),
        (4, VAULT, Member::User(id::user(MEMBER))),
        (5, PLATFORM, Member::User(id::user(AUDITOR))),
    ];
    for (number, workspace, member) in members {
        facts.add(make::place(number, id::workspace(workspace), member, id::role(1)));
    }
}

fn servers(facts: &mut Facts) {
    for (number, slug) in
        [(NOTES, "notes"), (MAIL, "mail"), (LEDGER, "ledger"), (SHELF, "shelf"), (SPARE, "spare")]
    {
        facts.add(make::server(number, slug));
        facts.add(make::tool(number * 10, id::server(number), "read_note"));
    }
    facts.server(id::server(MAIL), |s| s.credential_mode = CredentialMode::Personal);
    for (server, workspace) in
        [(NOTES, PLATFORM), (MAIL, PLATFORM), (SHELF, PLATFORM), (LEDGER, VAULT), (LEDGER, ATTIC)]
    {
        facts.add(Attachment { server: id::server(server), workspace: id::workspace(workspace) });
    }
    for (number, name, risk) in [
        (11, "write_note", Risk::Write),
        (12, "delete_note", Risk::Destructive),
        (13, "pay", Risk::Write),
        (14, "secret_note", Risk::Read),
    ] {
        facts.add(make::tool(number, id::server(NOTES), name));
        facts.tool(id::tool(number), |t| t.risk = risk);
    }
    for (number, server, tools) in [
        (1, NOTES, "read_note"),
        (2, NOTES, "write_note"),
        (3, NOTES, "delete_note"),
        (4, NOTES, "pay"),
        (5, MAIL, "*"),
        (6, LEDGER, "*"),
    ] {
        facts.add(make::grant(number, id::role(1), id::server(server), tools));
    }
    facts.grant(id::grant(4), |g| {
        g.constraints = vec![make::constraint("/amount", Operator::AtMost, json!(100))];
    });
}

fn principals(facts: &mut Facts) {
    for (number, owner, scope) in [
        (SCOUT, MEMBER, make::everything()),
        (NARROW, MEMBER, agent_scope_narrow()),
        (STRANGE, OTHER, make::everything()),
    ] {
        facts.add(make::agent(number, id::user(owner), scope));
        facts.add(make::key(number, Holder::Agent(id::agent(number))));
    }
    facts.add(make::robot(CRON, vec![id::user(MEMBER)]));
    facts.add(make::robot(2, vec![]));
    facts.add(make::key(ROBOT_KEY, Holder::Robot(id::robot(CRON))));
    facts.add(make::gateway(1));
    facts.add(make::gateway(2));
    facts.gateway(id::gateway(2), |g| {
        g.may_assert_subjects = false;
        g.allows_unseen_tools = false;
    });
    facts.add(make::key(GATEWAY_KEY, Holder::Gateway(id::gateway(1))));
    facts.add(make::key(DIRECTORY_KEY, Holder::Directory(id::organization(1))));
    facts.add(make::group(1));
}

/// The neighbour, where the guest is at home.
pub(crate) fn away() -> Facts {
    let mut facts = Facts::default();
    facts.add(make::organization(2, "contoso"));
    for (person, called, agent) in [(GUEST, "Gus", VISITOR), (12, "Frank", FOREIGN)] {
        facts.add(make::user(person, called));
        facts.add(make::member(id::user(person), OrganizationRole::Member));
        facts.add(make::agent(agent, id::user(person), make::everything()));
        facts.add(make::key(agent, Holder::Agent(id::agent(agent))));
    }
    facts
}

/// A call of the constrained tool by Maya's wide agent, with its key: allowed.
pub(crate) fn allowed() -> Case {
    Case {
        host: host(),
        away: away(),
        ask: by_key(SCOUT, What::Tool("pay".into(), Some(json!({"amount": 50})))),
    }
}

pub(crate) fn by_key(key: usize, what: What) -> Ask {
    Ask {
        gateway: id::gateway(1),
        subject: Subject::Key(id::key(key)),
        delegation: false,
        server: "notes".into(),
        workspace: Some("platform".into()),
        what,
        address: Some([10, 0, 0, 7].into()),
        uses: 0,
        abroad: key == VISITOR || key == FOREIGN,
    }
}

/// Changes Maya's wide agent.
pub(crate) fn scout(case: &mut Case, change: impl FnOnce(&mut Agent)) {
    case.host.agent(id::agent(SCOUT), change);
}
