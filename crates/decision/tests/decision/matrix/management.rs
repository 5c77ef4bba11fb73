//! The first part: every action, by everybody, on what is another's and on what is one's own.

use std::collections::BTreeSet;
use std::fmt::Write;

use decision::{Action, Caller, Facts, Manage, Means, On, Reason, decide};
use model::{AgentState, Holder, OrganizationRole, PrincipalId, Snapshot};

use super::{cell, heading, row};
use crate::edits::Facts as List;
use crate::happenings::By;
use crate::things::{self, HOLDERS, Thing, things};
use crate::world::{
    ADMIN, AUDITOR, BROUGHT, CRON, DIRECTORY_KEY, GUEST, MEMBER, OWNER, PEOPLE, SCOUT, SUSPENDED,
};
use crate::{id, make};

const INTRODUCTION: &str = "\
## Managing

Each row is an action.
The columns from *owner* to *suspended* are what a person is in the organization, when the thing is somebody else's and they have nothing to do with it.
*Whose it is* is the same action by somebody who administers nothing, on a thing that is theirs; the words in the column say what they are to it.
*By management key* says whether a key that a person made for the management API can do other than that person, signed in.
*Directory* is the key of the organization's directory (SCIM), on people and groups that it brought and on those that it did not.
*Agent, robot, gateway* is any credential that is no person's management key: an agent's key, even of the organization's owner, a robot's, a gateway's.
*Operator* is who runs the installation, by commands on the machine.
";

const COLUMNS: [&str; 12] = [
    "action",
    "owner",
    "admin",
    "member",
    "auditor",
    "guest",
    "suspended",
    "whose it is",
    "by management key",
    "directory",
    "agent, robot, gateway",
    "operator",
];

fn ask(snapshot: &Snapshot, caller: impl Into<Caller>, action: Action, on: On) -> Reason {
    let request = Manage { now: make::now(), caller: caller.into(), action, on };
    decide(&Facts::of(snapshot), request).reason()
}

pub(super) fn part() -> String {
    let mut part = INTRODUCTION.to_owned();
    let mut noun = "";
    let snapshot = things::host().snapshot();
    for action in Action::ALL {
        let of = action.name().split('.').next().unwrap();
        if of != noun {
            noun = of;
            write!(part, "\n### {}\n\n{}", noun.replace('_', " "), heading(&COLUMNS)).unwrap();
        }
        for thing in things(*action) {
            part.push_str(&line(&snapshot, *action, &thing));
        }
    }
    part + &limits()
}

fn line(snapshot: &Snapshot, action: Action, thing: &Thing) -> String {
    let name = format!("{} {}", action.name(), thing.which);
    let mut cells = vec![name.trim().to_owned()];
    for person in [OWNER, ADMIN, MEMBER, AUDITOR, GUEST, SUSPENDED] {
        cells.push(cell(ask(snapshot, By::Session(person), action, thing.anothers)));
    }
    cells.push(whose(snapshot, action, thing));
    cells.push(by_key(snapshot, action, thing));
    cells.push(by_directory(snapshot, action, thing));
    cells.push(by_others(snapshot, action, thing));
    cells.push(cell(ask(snapshot, By::Nobody(Means::Operator), action, thing.anothers)));
    row(&cells)
}

/// What those can do whose it is; told apart only where it differs among them.
fn whose(snapshot: &Snapshot, action: Action, thing: &Thing) -> String {
    let Some((tie, theirs)) = thing.theirs else { return "–".into() };
    let answers: Vec<(&str, Reason)> = HOLDERS
        .iter()
        .map(|(called, person)| (*called, ask(snapshot, By::Session(*person), action, theirs(*person))))
        .collect();
    if answers.iter().all(|(_, reason)| *reason == answers[0].1) {
        return format!("{}: {}", tie, cell(answers[0].1));
    }
    let each: Vec<String> =
        answers.iter().map(|(called, reason)| format!("{called} {}", cell(*reason))).collect();
    format!("{tie}: {}", each.join(", "))
}

fn by_key(snapshot: &Snapshot, action: Action, thing: &Thing) -> String {
    let ons = |person| std::iter::once(thing.anothers).chain(thing.theirs.map(|(_, of)| of(person)));
    let same = PEOPLE.iter().all(|(person, ..)| {
        ons(*person).all(|on| {
            ask(snapshot, By::ManagementKey(*person), action, on)
                == ask(snapshot, By::Session(*person), action, on)
        })
    });
    if same {
        return "as the person".into();
    }
    // Where it differs, a person signed in may and the key may not.
    let with_key = ask(snapshot, By::ManagementKey(OWNER), action, thing.anothers);
    cell(with_key)
}

/// The directory, on what it brought and on what it did not; told apart only where it differs.
fn by_directory(snapshot: &Snapshot, action: Action, thing: &Thing) -> String {
    let by = || By::Nobody(Means::Directory(id::key(DIRECTORY_KEY)));
    let other = ask(snapshot, by(), action, thing.anothers);
    let brought = match thing.anothers {
        On::MemberAs(..) if action == Action::MemberAdd => {
            On::MemberAs(id::user(99), OrganizationRole::Member)
        }
        On::Member(_) | On::MemberAs(..) => On::Member(id::user(BROUGHT)),
        on => on,
    };
    let brought = ask(snapshot, by(), action, brought);
    if brought == other {
        cell(brought)
    } else {
        format!("its own {}, another {}", cell(brought), cell(other))
    }
}

fn by_others(snapshot: &Snapshot, action: Action, thing: &Thing) -> String {
    let callers = [By::Agent(SCOUT), By::Robot(CRON), By::Other(OWNER), By::Other(MEMBER)];
    let ons = || std::iter::once(thing.anothers).chain(thing.theirs.map(|(_, of)| of(MEMBER)));
    let answers: BTreeSet<Reason> = callers
        .into_iter()
        .flat_map(|by| ons().map(move |on| (by, on)))
        .map(|(by, on)| ask(snapshot, by, action, on))
        .collect();
    answers.into_iter().map(cell).collect::<Vec<_>>().join(", ")
}

/// What somebody's role names and they may not do all the same.
fn limits() -> String {
    let paused = |by: usize| {
        move |facts: &mut List| {
            let because = make::because(Some(PrincipalId::User(id::user(by))));
            facts.agent(id::agent(SCOUT), |agent| agent.state = AgentState::Paused(because));
        }
    };
    let user = id::user;
    let management = |person| On::KeysOf(Holder::User(user(person)));
    let owner_as_member = On::MemberAs(user(OWNER), OrganizationRole::Member);
    let member_as_owner = On::MemberAs(user(MEMBER), OrganizationRole::Owner);
    let as_is = |_: &mut List| {};
    let mut part = String::from("\n### Limits within a role\n\n");
    part.push_str(&heading(&["who", "wants to", "answer"]));
    let mut say = |who: &str, wants: &str, by, action, on, change: &dyn Fn(&mut List)| {
        let mut facts = things::host();
        change(&mut facts);
        let answer = cell(ask(&facts.snapshot(), By::Session(by), action, on));
        part.push_str(&row(&[who.to_owned(), wants.to_owned(), answer]));
    };
    say("an admin", "make a member an owner", ADMIN, Action::MemberUpdate, member_as_owner, &as_is);
    say("an admin", "make an owner a member", ADMIN, Action::MemberUpdate, owner_as_member, &as_is);
    say("an admin", "suspend an owner", ADMIN, Action::MemberSuspend, On::Member(user(OWNER)), &as_is);
    say("an admin", "remove an owner", ADMIN, Action::MemberRemove, On::Member(user(OWNER)), &as_is);
    say(
        "an admin",
        "let an owner come in by another organization's provider",
        ADMIN,
        Action::IdentityAccept,
        On::Member(user(OWNER)),
        &as_is,
    );
    say("an owner", "make a member an owner", OWNER, Action::MemberUpdate, member_as_owner, &as_is);
    say(
        "an owner",
        "make a management key for an admin",
        OWNER,
        Action::KeyCreate,
        management(ADMIN),
        &as_is,
    );
    say("an admin", "end an owner's management key", ADMIN, Action::KeyRevoke, management(OWNER), &as_is);
    say("an admin", "end a member's management key", ADMIN, Action::KeyRevoke, management(MEMBER), &as_is);
    let agent = On::Agent(id::agent(SCOUT));
    say(
        "an agent's owner",
        "resume it after an admin paused it",
        MEMBER,
        Action::AgentResume,
        agent,
        &paused(ADMIN),
    );
    say(
        "an agent's owner",
        "resume it after pausing it",
        MEMBER,
        Action::AgentResume,
        agent,
        &paused(MEMBER),
    );
    say(
        "an admin",
        "resume it after its owner paused it",
        ADMIN,
        Action::AgentResume,
        agent,
        &paused(MEMBER),
    );
    part
}
