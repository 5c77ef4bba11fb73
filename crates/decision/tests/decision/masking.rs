//! An unknown thing and a forbidden one look alike to whoever asks; the evidence tells them apart.

use decision::{Reason, Subject};
use model::{PrincipalId, Scope};

use crate::ask::{Ask, What};
use crate::case::{Case, decided};
use crate::world::{self, MEMBER, NARROW, NOTES, PLATFORM, ROBOT_KEY, SCOUT, VISITOR};
use crate::{id, make};

/// An asker, and what it is told of anything that it may not know of.
struct Asker {
    subject: Subject,
    abroad: bool,
    told: Reason,
}

/// Keys with a scope of their own, as narrow as the narrow agent's; they belong to a wide agent and to a robot.
const NARROW_KEY: usize = 71;
const NARROW_ROBOT_KEY: usize = 72;

/// An agent whose scope names a workspace and no server, and the key of it.
const ROOMY: usize = 73;

fn askers() -> Vec<Asker> {
    let key =
        |number, told| Asker { subject: Subject::Key(id::key(number)), abroad: number == VISITOR, told };
    let named =
        |principal| Asker { subject: Subject::Asserted(principal), abroad: false, told: Reason::NotGranted };
    vec![
        key(SCOUT, Reason::NotGranted),
        key(VISITOR, Reason::NotGranted),
        key(NARROW, Reason::OutsideScope),
        key(NARROW_KEY, Reason::OutsideKeyScope),
        key(ROBOT_KEY, Reason::NotGranted),
        key(NARROW_ROBOT_KEY, Reason::OutsideKeyScope),
        named(PrincipalId::User(id::user(MEMBER))),
        named(PrincipalId::Robot(id::robot(world::CRON))),
        named(PrincipalId::Agent(id::agent(SCOUT))),
    ]
}

fn world() -> Case {
    let mut case = world::allowed();
    let narrow: Scope = world::agent_scope_narrow();
    for (number, holder) in [
        (NARROW_KEY, model::Holder::Agent(id::agent(SCOUT))),
        (NARROW_ROBOT_KEY, model::Holder::Robot(id::robot(world::CRON))),
    ] {
        case.host.add(make::key(number, holder));
        case.host.key(id::key(number), |k| k.limits.scope = Some(narrow.clone()));
    }
    let room = [make::entry(Some(id::workspace(PLATFORM)), None, "*")].into_iter().collect();
    case.host.add(make::agent(ROOMY, id::user(MEMBER), room));
    case.host.add(make::key(ROOMY, model::Holder::Agent(id::agent(ROOMY))));
    case
}

/// Asks both and expects the same answer, from different evidence.
fn alike(asker: &Asker, unknown: &Ask, forbidden: &Ask) {
    let case = world();
    let (host, away) = (case.host.snapshot(), case.away.snapshot());
    let ask = |ask: &Ask| {
        decided(&host, &away, &Ask { subject: asker.subject, abroad: asker.abroad, ..ask.clone() })
    };
    let (unknown, forbidden) = (ask(unknown), ask(forbidden));
    assert_eq!(unknown.public_reason(), asker.told, "{:?} {:#?}", asker.subject, unknown.steps);
    assert_eq!(forbidden.public_reason(), asker.told, "{:?} {:#?}", asker.subject, forbidden.steps);
    assert_ne!(unknown.reason(), forbidden.reason(), "{:?} {:#?}", asker.subject, forbidden.steps);
    assert_eq!(unknown.obligations, forbidden.obligations);
}

fn asking(server: &str, workspace: Option<&str>, tool: &str) -> Ask {
    let base = world::by_key(SCOUT, What::Tool(tool.into(), None));
    Ask { server: server.into(), workspace: workspace.map(Into::into), ..base }
}

#[test]
fn an_unknown_server_and_a_forbidden_one_look_alike() {
    for asker in askers() {
        for workspace in [None, Some("platform")] {
            let unknown = asking("no-such", workspace, "read_note");
            alike(&asker, &unknown, &asking("shelf", workspace, "read_note"));
            alike(&asker, &unknown, &asking("spare", workspace, "read_note"));
        }
    }
}

#[test]
fn an_unknown_workspace_and_a_forbidden_one_look_alike() {
    for asker in askers() {
        let unknown = asking("notes", Some("no-such"), "read_note");
        alike(&asker, &unknown, &asking("notes", Some("attic"), "read_note"));
        alike(
            &asker,
            &asking("ledger", Some("no-such"), "read_note"),
            &asking("ledger", Some("attic"), "read_note"),
        );
    }
}

#[test]
fn an_unknown_tool_and_a_forbidden_one_look_alike() {
    for asker in askers() {
        for workspace in [None, Some("platform")] {
            alike(&asker, &asking("notes", workspace, "no_such"), &asking("notes", workspace, "secret_note"));
            alike(&asker, &asking("notes", workspace, "no_such"), &asking("shelf", workspace, "read_note"));
        }
    }
}

/// A server that is offered in several places used to answer "say in which one" to whoever asked.
#[test]
fn only_who_has_something_to_call_is_asked_to_choose_a_workspace() {
    let case = world();
    let (host, away) = (case.host.snapshot(), case.away.snapshot());
    for asker in askers() {
        let ask = Ask { subject: asker.subject, abroad: asker.abroad, ..asking("ledger", None, "read_note") };
        let decision = decided(&host, &away, &ask);
        let chooses = match asker.subject {
            Subject::Asserted(PrincipalId::User(_) | PrincipalId::Agent(_)) => true,
            Subject::Key(key) => key == id::key(SCOUT),
            _ => false,
        };
        let expected = if chooses { Reason::WorkspaceRequired } else { asker.told };
        assert_eq!(decision.public_reason(), expected, "{:?}", asker.subject);
    }
}

/// A scope that names a workspace and no server used to tell servers that are there from servers that are not.
#[test]
fn a_scope_for_a_whole_workspace_tells_nothing_of_its_servers() {
    let asker = |told| Asker { subject: Subject::Key(id::key(ROOMY)), abroad: false, told };
    for (workspace, told) in [(Some("platform"), Reason::NotGranted), (None, Reason::OutsideScope)] {
        alike(&asker(told), &asking("no-such", workspace, "x"), &asking("shelf", workspace, "read_note"));
        alike(&asker(told), &asking("no-such", workspace, "x"), &asking("spare", workspace, "read_note"));
    }
    // What the agent can call something of is no secret to it, and it is told the truth of the rest.
    for workspace in [Some("platform"), None] {
        let told = asker(Reason::NotGranted);
        alike(&told, &asking("notes", workspace, "no_such"), &asking("notes", workspace, "secret_note"));
    }
}

#[test]
fn a_tool_inside_the_scope_that_nothing_grants_is_said_to_be_not_granted() {
    let mut case = world();
    let inside = [make::entry(Some(id::workspace(PLATFORM)), Some(id::server(NOTES)), "*")];
    case.host.agent(id::agent(NARROW), |a| a.scope = inside.into_iter().collect());
    case.ask = Ask { subject: Subject::Key(id::key(NARROW)), ..asking("notes", None, "secret_note") };
    assert_eq!(case.decide().public_reason(), Reason::NotGranted);
}
