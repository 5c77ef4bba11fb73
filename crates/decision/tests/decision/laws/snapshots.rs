//! A snapshot is its facts: however they came, in whatever order.

use decision::Decision;
use model::{Actor, Change, Edit, Fact, Revision, Snapshot};
use proptest::prelude::*;

use super::{Sides, facts, for_all};
use crate::ask::Ask;
use crate::case::decided;
use crate::dice::Dice;
use crate::generate::HOST_AGENTS;
use crate::{id, make};

fn shuffled(mut facts: Vec<Fact>, dice: &mut Dice) -> Vec<Fact> {
    let length = facts.len();
    // A shuffle by a few random cuts and a stride: enough to break any order that something leans on.
    facts.rotate_left(dice.roll(length));
    let stride = [1, 7, 11, 13][dice.roll(4)];
    let mut piles: Vec<Vec<Fact>> = vec![Vec::new(); stride];
    facts.into_iter().enumerate().for_each(|(at, fact)| piles[at % stride].push(fact));
    piles.into_iter().rev().flatten().collect()
}

#[test]
fn the_order_of_facts_does_not_matter() {
    for_all(300, |mut drawn| {
        let sides = Sides::of(&drawn);
        for _ in 0..3 {
            let host = Snapshot::from_facts(shuffled(facts(&sides.host), &mut drawn.dice));
            prop_assert_eq!(&host, &sides.host);
            prop_assert_eq!(format!("{host:?}"), format!("{:?}", sides.host), "the indexes differ");
            for ask in &drawn.asks {
                let (was, is) = (decided(&sides.host, &sides.away, ask), decided(&host, &sides.away, ask));
                prop_assert_eq!(was, is);
            }
        }
        Ok(())
    });
}

/// The same fact with what indexes hang on changed: owners, slugs, names, places.
fn moved(fact: &Fact, dice: &mut Dice) -> Fact {
    let mut fact = fact.clone();
    let number = dice.pick(&[1, 2, 3]);
    match &mut fact {
        Fact::Organization(f) => f.name = "renamed".parse().unwrap(),
        Fact::Workspace(f) => f.slug = format!("moved-{}", f.id).parse().unwrap(),
        Fact::Server(f) => f.slug = format!("moved-{}", f.id).parse().unwrap(),
        Fact::Tool(f) => f.name = format!("moved {}", f.id).parse().unwrap(),
        Fact::WorkspaceMembership(f) => (f.workspace, f.role) = (id::workspace(number), id::role(number)),
        Fact::Grant(f) => (f.role, f.server) = (id::role(number), id::server(number)),
        Fact::Agent(f) => f.owner = id::user(number),
        Fact::Override(f) => f.agent = id::agent(dice.pick(&HOST_AGENTS)),
        Fact::Invitation(f) => (f.agent, f.workspace) = (id::agent(number), id::workspace(number)),
        Fact::DirectoryUser(f) => (f.user_name, f.external_id) = (format!("moved-{}", f.user), None),
        Fact::GroupMapping(f) => f.group = id::group(number),
        Fact::Key(f) => f.holder = model::Holder::Robot(id::robot(number)),
        _ => {}
    }
    fact
}

/// A history: every fact comes, in some order, then some move and some go, several in one transaction.
fn history(facts: &[Fact], dice: &mut Dice) -> Vec<Change> {
    let mut edits: Vec<Edit> = facts.iter().map(created).collect();
    let mut present = facts.to_vec();
    for _ in 0..12 {
        let at = dice.roll(present.len());
        let before = present.remove(at);
        let after = (!dice.rarely(40)).then(|| moved(&before, dice));
        present.extend(after.clone());
        edits.push(Edit { before: Some(before), after });
    }
    let (mut revision, mut position) = (Revision(1), 0);
    edits
        .into_iter()
        .map(|edit| {
            if dice.rarely(60) {
                (revision, position) = (revision.next(), 0);
            } else {
                position += 1;
            }
            change(revision, position, edit)
        })
        .collect()
}

fn change(revision: Revision, position: u32, edit: Edit) -> Change {
    let actor = Actor { principal: None, owner: None, key: None };
    Change { revision, position, at: make::now(), actor, action: "drill".into(), decision: None, edit }
}

fn created(fact: &Fact) -> Edit {
    Edit { before: None, after: Some(fact.clone()) }
}

/// The facts after some changes, kept as a plain list.
fn listed(changes: &[Change]) -> Vec<Fact> {
    let mut list: Vec<Fact> = Vec::new();
    for Change { edit, .. } in changes {
        list.retain(|fact| Some(fact) != edit.before.as_ref());
        list.extend(edit.after.clone());
    }
    list
}

#[test]
fn folding_changes_and_rebuilding_from_facts_give_the_same() {
    for_all(150, |mut drawn| {
        let start = shuffled(drawn.host.0.clone(), &mut drawn.dice);
        let changes = history(&start, &mut drawn.dice);
        let mut folded = Snapshot::default();
        for (at, change) in changes.iter().enumerate() {
            folded.apply(change);
            if at + 13 < changes.len() && at % 20 != 0 {
                continue;
            }
            let rebuilt = Snapshot::from_facts(listed(&changes[..=at])).at(change.revision);
            prop_assert_eq!(&folded, &rebuilt);
            prop_assert_eq!(
                format!("{folded:?}"),
                format!("{rebuilt:?}"),
                "the indexes differ after {:?}",
                change.edit
            );
        }
        Ok(())
    });
}

/// Every state on the way, as a node would have held it: after each whole transaction.
fn states(changes: &[Change]) -> Vec<Snapshot> {
    let mut snapshot = Snapshot::default();
    let mut states = Vec::new();
    for (at, change) in changes.iter().enumerate() {
        snapshot.apply(change);
        if changes.get(at + 1).is_none_or(|next| next.revision != change.revision) {
            states.push(snapshot.clone());
        }
    }
    states
}

#[test]
fn a_decision_replayed_at_its_revision_comes_out_the_same() {
    for_all(60, |mut drawn| {
        let away = drawn.away.snapshot();
        let changes = history(&shuffled(drawn.host.0.clone(), &mut drawn.dice), &mut drawn.dice);
        let recorded: Vec<(Ask, Decision)> = states(&changes)
            .iter()
            .rev()
            .take(8)
            .flat_map(|host| drawn.asks.iter().map(|ask| (ask.clone(), decided(host, &away, ask))))
            .collect();
        for (ask, decision) in recorded {
            let until: Vec<Change> =
                changes.iter().filter(|change| change.revision <= decision.revision).cloned().collect();
            let mut host = Snapshot::default();
            for change in &until {
                host.apply(change);
            }
            prop_assert_eq!(decided(&host, &away, &ask), decision.clone());
            let rebuilt = Snapshot::from_facts(listed(&until)).at(decision.revision);
            prop_assert_eq!(decided(&rebuilt, &away, &ask), decision);
        }
        Ok(())
    });
}
