//! Changes are numbered, and the facts follow from them.

use std::collections::BTreeSet;

use model::*;
use store::{ChangeCursor, ChangeFilter, ChangeMatches, ChangeSearch, Order, Page, StoreError};
use testkit::random::SeededBytes;

use crate::edits;
use crate::place::Place;
use crate::world::{Chance, World, conflict};

const TRANSACTIONS: usize = 320;

/// The law of the model: whatever was written, the tables and the changes tell the same, at every revision.
pub(crate) async fn rebuilding_equals_folding_at_every_revision(place: &Place) {
    let mut world = World::create(&place.store, 1, "northwind").await;
    let mut chance = Chance(SeededBytes::new(2));
    let mut seen = vec![Snapshot::default(), world.facts.clone()];
    let mut refused = 0;
    let mut kinds = BTreeSet::new();
    for _ in 0..TRANSACTIONS {
        let edits = edits::some(&mut chance, &world.facts, world.boss);
        match world.write(&edits).await {
            Ok(changes) if changes.is_empty() => {}
            Ok(changes) => {
                seen.push(world.facts.clone());
                kinds.extend(changes.iter().filter_map(|change| verb(&change.edit)));
            }
            // A reference, a taken name or an owner: refused as a whole, or the next comparison shows it.
            Err(StoreError::Conflict { .. }) => refused += 1,
            Err(error) => panic!("{error:?} for {edits:?}"),
        }
        let rebuilt = place.store.load(world.organization).await.unwrap().unwrap();
        assert_eq!(rebuilt, world.facts);
    }
    assert!(seen.len() > TRANSACTIONS / 3, "only {} written", seen.len());
    assert!(refused > 3, "only {refused} refused");
    // Everything was created, and everything but an attachment and a member of a group (pairs, and nothing else) changed.
    assert_eq!(kinds.len(), FactKind::ALL.len() * 2 - 1 - 2, "{kinds:?}");
    for (revision, expected) in (0..).map(Revision).zip(&seen) {
        let folded = place.store.snapshot_at(world.organization, revision).await.unwrap().unwrap();
        assert_eq!(&folded, expected);
    }
    let beyond = world.facts.revision().next();
    assert_eq!(place.store.snapshot_at(world.organization, beyond).await.unwrap(), None);
}

/// What an edit does to which kind of fact, except ending it.
fn verb(edit: &Edit) -> Option<(FactKind, &'static str)> {
    let kind = edit.after.as_ref()?.target().kind;
    Some((kind, if edit.before.is_some() { "change" } else { "create" }))
}

pub(crate) async fn changes_come_in_whole_revisions(place: &Place) {
    let mut world = World::create(&place.store, 3, "northwind").await;
    for round in 0..5 {
        let facts: Vec<Edit> =
            (0..=round).map(|n| Edit::create(world.workspace_fact(&format!("w-{round}-{n}")))).collect();
        world.write(&facts).await.unwrap();
    }
    let organization = world.organization;
    let all = place.store.changes_after(organization, Revision(0), 1_000).await.unwrap();
    assert_eq!(all.len(), 3 + 15);
    for limit in 1..=all.len() + 1 {
        let mut got: Vec<Change> = Vec::new();
        loop {
            let after = got.last().map_or(Revision(0), |change| change.revision);
            let limit = u64::try_from(limit).unwrap();
            let next = place.store.changes_after(organization, after, limit).await.unwrap();
            assert!(next.first().is_none_or(|change| change.position == 0), "cut at its beginning");
            if next.is_empty() {
                break;
            }
            got.extend(next);
        }
        assert_eq!(got, all, "{limit} at a time");
    }
}

pub(crate) async fn changes_are_found_by_filter(place: &Place) {
    let mut world = World::create(&place.store, 4, "northwind").await;
    let person = world.person("Ben Okafor").await;
    let workspace = world.workspace_fact("platform");
    world.write(&[Edit::create(workspace.clone())]).await.unwrap();
    let renamed = Workspace { name: crate::world::name("Platform"), ..workspace.clone() };
    let last = world.write(&[Edit::update(workspace.clone(), renamed)]).await.unwrap();

    let id = workspace.id.to_string();
    let boss = Some(world.boss.uuid());
    let moment = last[0].at;
    let none = ChangeFilter::default();
    let cases: [(ChangeFilter, usize); 9] = [
        (none.clone(), 7),
        (ChangeFilter { kind: Some(FactKind::Workspace), ..none.clone() }, 2),
        (ChangeFilter { target: Some(id), ..none.clone() }, 2),
        (ChangeFilter { target: Some(person.to_string()), ..none.clone() }, 2),
        (ChangeFilter { actor: boss, ..none.clone() }, 4),
        (ChangeFilter { action: Some("organization.c".to_owned()), ..none.clone() }, 3),
        (ChangeFilter { action: Some("Organization.".to_owned()), ..none.clone() }, 0),
        (ChangeFilter { from: Some(moment), ..none.clone() }, 1),
        (ChangeFilter { until: Some(moment), ..none.clone() }, 6),
    ];
    for (filter, expected) in cases {
        let found = place.store.changes(world.organization, &filter, Page::first(100)).await.unwrap();
        assert_eq!(found.len(), expected, "{filter:?}");
        let places: Vec<_> = found.iter().map(|change| (change.revision, change.position)).collect();
        assert!(places.is_sorted_by(|a, b| a > b), "newest first");
        let mut paged = Vec::new();
        let mut after = None;
        loop {
            let page = Page { after, limit: 2, order: Order::NewestFirst };
            let next = place.store.changes(world.organization, &filter, page).await.unwrap();
            let Some(last) = next.last() else { break };
            after = Some(ChangeCursor { revision: last.revision, position: last.position });
            paged.extend(next);
        }
        assert_eq!(paged, found);
    }
    assert_eq!(conflict(place.store.begin(OrganizationId::MAX).await), "organization");
}

/// Whose agents and keys a change is of, as it was at that change: found by a filter and by a search alike.
pub(crate) async fn changes_are_found_by_who_answered(place: &Place) {
    let mut world = World::create(&place.store, 48, "northwind").await;
    let (ben, maya) = (world.person("Ben Okafor").await, world.person("Maya Chen").await);
    // What somebody writes into a fact does not make it theirs.
    let agent =
        Agent { purpose: format!("\"owner\":\"{maya}\""), ..world.agent_fact(ben, "Invoice Reconciler") };
    let other = world.agent_fact(maya, "Note Taker");
    let first = world.key_fact(Holder::Agent(agent.id));
    let handed = Agent { owner: maya, ..agent.clone() };
    let second = world.key_fact(Holder::Agent(agent.id));
    let personal = world.key_fact(Holder::User(ben));
    let mut places = Vec::new();
    for edits in [
        vec![Edit::create(agent.clone()), Edit::create(first.clone())],
        vec![Edit::create(other), Edit::create(personal)],
        vec![Edit::update(agent, handed)],
        vec![Edit::create(second)],
        vec![Edit::remove(first)],
    ] {
        let written = world.write(&edits).await.unwrap();
        places.push(written.iter().map(|change| (change.revision, change.position)).collect::<Vec<_>>());
    }
    let bens: BTreeSet<_> = places[0].iter().chain(&places[2]).copied().collect();
    let mayas: BTreeSet<_> = [places[1][0], places[2][0], places[3][0], places[4][0]].into();
    for (person, expected) in [(ben, bens), (maya, mayas), (UserId::MAX, BTreeSet::new())] {
        let place_of = |change: &Change| (change.revision, change.position);
        let filter = ChangeFilter { owner: Some(person), ..ChangeFilter::default() };
        let found = place.store.changes(world.organization, &filter, Page::first(100)).await.unwrap();
        assert_eq!(found.iter().map(place_of).collect::<BTreeSet<_>>(), expected, "{person}");
        for negated in [false, true] {
            let terms = vec![(ChangeMatches::Owner(vec![person.uuid()]), negated)];
            let search = ChangeSearch { terms, ..ChangeSearch::default() };
            let found: BTreeSet<_> = searched(place, &world, &search).await.iter().map(place_of).collect();
            assert_eq!(found.is_disjoint(&expected), negated || expected.is_empty(), "{person}");
            assert!(negated || found == expected, "{person}: {found:?}");
        }
    }
    let terms = vec![(ChangeMatches::Owner(Vec::new()), false)];
    let nobodys = ChangeSearch { terms, ..ChangeSearch::default() };
    assert_eq!(searched(place, &world, &nobodys).await, []);
}

async fn searched(place: &Place, world: &World, search: &ChangeSearch) -> Vec<Change> {
    place.store.search_changes(world.organization, search, Page::first(100)).await.unwrap().items
}
