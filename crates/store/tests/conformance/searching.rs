//! The log is counted as it is searched, and queries are kept by whom they are.

use chrono::TimeDelta;
use decision::{Record, Subject, Verdict};
use model::*;
use store::{
    ChangeCursor, ChangeMatches, ChangeSearch, DecisionCursor, Matches, Order, Page, SavedQuery, Search,
    StoredDecision, Term,
};

use crate::calls::{Calls, prepare};
use crate::place::Place;
use crate::world::World;

const RECORDS: u16 = 60;
const BARS: u16 = 12;

/// Calls a second apart, allowed and denied, by an agent, a robot and nobody.
async fn fill(world: &mut World, calls: &Calls) -> Vec<Record> {
    let began = world.now();
    let mut records = Vec::new();
    for number in 0..RECORDS {
        let subject = match number % 3 {
            0 => Subject::Key(calls.key),
            1 => Subject::Key(calls.robot_key),
            _ => Subject::Unknown,
        };
        let mut record = calls.decide(world, subject, "notes", "create_note");
        record.at = began + TimeDelta::seconds(i64::from(number));
        records.push(record);
    }
    world.store.append(&records).await.unwrap();
    records
}

fn term(matches: Matches) -> Term {
    Term { matches, negated: false }
}

fn searches(calls: &Calls, began: Timestamp) -> Vec<Search> {
    let of = |terms: Vec<Term>| Search { terms, ..Search::default() };
    vec![
        of(vec![term(Matches::Action("tools/call".to_owned()))]),
        of(vec![term(Matches::Verdict(Verdict::Deny)), term(Matches::Action("tools/call".to_owned()))]),
        of(vec![term(Matches::Actor("Notes".to_owned()))]),
        of(vec![
            Term { matches: Matches::Kind(PrincipalKind::Robot), negated: true },
            term(Matches::Server("notes".to_owned())),
        ]),
        of(vec![term(Matches::Text("NIGHT".to_owned()))]),
        of(vec![term(Matches::Text("100% of it_".to_owned()))]),
        Search { attributable_to: Some(calls.ben), from: Some(began), ..Search::default() },
        Search { from: Some(began), until: Some(began + TimeDelta::seconds(30)), ..Search::default() },
    ]
}

async fn found(place: &Place, world: &World, search: &Search) -> Vec<StoredDecision> {
    let page = Page { after: None, limit: 1_000, order: Order::NewestFirst };
    let found = place.store.search_decisions(world.organization, search, page).await.unwrap();
    assert_eq!(found.stopped_at, None);
    found.items
}

pub(crate) async fn what_is_counted_is_what_is_found(place: &Place) {
    let mut world = World::create(&place.store, 43, "northwind").await;
    let calls = prepare(&mut world).await;
    let records = fill(&mut world, &calls).await;
    let began = records[0].at;
    let now = began + TimeDelta::seconds(i64::from(RECORDS));
    for search in searches(&calls, began) {
        let all = found(place, &world, &search).await;
        let counted = place.store.count_decisions(world.organization, &search, BARS, now).await.unwrap();
        let denies = |stored: &&StoredDecision| stored.verdict == Verdict::Deny;
        assert_eq!(counted.records, all.len() as u64, "{search:?}");
        assert_eq!(counted.denied, all.iter().filter(denies).count() as u64, "{search:?}");
        assert!(!counted.is_cut);
        for (at, (allowed, denied)) in counted.bars.iter().enumerate() {
            let (from, until) = counted.stretch(at);
            let within = |stored: &&StoredDecision| stored.at >= from && stored.at < until;
            let inside: Vec<&StoredDecision> = all.iter().filter(within).collect();
            assert_eq!(allowed + denied, inside.len() as u64, "{search:?}: {from} to {until}");
            assert_eq!(*denied, inside.iter().filter(|stored| denies(stored)).count() as u64, "{search:?}");
        }
        let actors: Vec<_> = counted.values.iter().filter(|tally| tally.field == "actor").collect();
        for tally in actors {
            let named = all
                .iter()
                .filter(|stored| stored.actor.as_ref().is_some_and(|party| party.name == tally.value));
            assert_eq!(tally.records, named.count() as u64, "{tally:?}");
        }
    }
}

pub(crate) async fn a_span_is_its_ends(place: &Place) {
    let mut world = World::create(&place.store, 44, "northwind").await;
    let calls = prepare(&mut world).await;
    let records = fill(&mut world, &calls).await;
    for search in searches(&calls, records[0].at) {
        let all = found(place, &world, &search).await;
        let span = place.store.span_of_decisions(world.organization, &search).await.unwrap();
        let cursor = |stored: &StoredDecision| DecisionCursor { at: stored.at, id: stored.id };
        assert_eq!(span.records, all.len() as u64, "{search:?}");
        assert_eq!(
            (span.newest, span.oldest),
            (all.first().map(cursor), all.last().map(cursor)),
            "{search:?}"
        );
        let since = records[30].at;
        let newest = place.store.newest_decisions(world.organization, &search, since, 5).await.unwrap();
        let expected: Vec<_> = all.iter().filter(|stored| stored.at >= since).take(5).map(cursor).collect();
        assert_eq!(newest.iter().map(cursor).collect::<Vec<_>>(), expected, "{search:?}");
    }
}

pub(crate) async fn changes_are_searched_and_secrets_are_not(place: &Place) {
    let mut world = World::create(&place.store, 45, "northwind").await;
    let calls = prepare(&mut world).await;
    let search = |terms: Vec<(ChangeMatches, bool)>| ChangeSearch { terms, ..ChangeSearch::default() };
    let organization = world.organization;
    let find = async |search: ChangeSearch| {
        let page = Page { after: None, limit: 1_000, order: Order::NewestFirst };
        let found = place.store.search_changes(organization, &search, page).await.unwrap();
        assert_eq!(found.stopped_at, None);
        found.items
    };
    let all = find(search(Vec::new())).await;
    let kind = |change: &Change| change.edit.subject().map(|fact| fact.target().kind);
    let agents = find(search(vec![(ChangeMatches::Kind(FactKind::Agent), false)])).await;
    assert!(!agents.is_empty() && agents.iter().all(|change| kind(change) == Some(FactKind::Agent)));
    let others = find(search(vec![(ChangeMatches::Kind(FactKind::Agent), true)])).await;
    assert_eq!(others.len() + agents.len(), all.len());
    let robot = find(search(vec![(ChangeMatches::Text("nightly".to_owned()), false)])).await;
    assert!(robot.iter().any(|change| kind(change) == Some(FactKind::Robot)));
    let target = find(search(vec![(ChangeMatches::Target(calls.agent.to_string()), false)])).await;
    assert_eq!(target.len(), agents.len());
    // The hash of a key is in the row, and no search finds it.
    let keys = find(search(vec![(ChangeMatches::Kind(FactKind::Key), false)])).await;
    assert!(!keys.is_empty());
    let hash = find(search(vec![(ChangeMatches::Text("\"hash\"".to_owned()), false)])).await;
    assert!(hash.iter().all(|change| kind(change) != Some(FactKind::Key)));
    let subject = Target { kind: FactKind::Agent, id: calls.agent.to_string() };
    let of = place.store.changes_of_fact(organization, &subject, world.facts.revision(), 3).await.unwrap();
    assert_eq!(of.len(), agents.len().min(3));
}

pub(crate) async fn changes_are_counted_as_they_are_found(place: &Place) {
    let mut world = World::create(&place.store, 47, "northwind").await;
    let calls = prepare(&mut world).await;
    let (organization, now) = (world.organization, world.now() + TimeDelta::seconds(1));
    let of = |matches: Vec<ChangeMatches>| ChangeSearch {
        terms: matches.into_iter().map(|matches| (matches, false)).collect(),
        ..ChangeSearch::default()
    };
    let middle = world.facts.revision().0 / 2;
    for search in [
        of(Vec::new()),
        of(vec![ChangeMatches::Kind(FactKind::Agent)]),
        of(vec![ChangeMatches::Actor(vec![world.boss.uuid()]), ChangeMatches::Text("notes".to_owned())]),
        of(vec![ChangeMatches::Target(calls.agent.to_string())]),
        of(vec![ChangeMatches::Target("nothing".to_owned())]),
    ] {
        let page = Page { after: None, limit: 1_000, order: Order::NewestFirst };
        let all = place.store.search_changes(organization, &search, page).await.unwrap().items;
        let counted = place.store.count_changes(organization, &search, BARS, now).await.unwrap();
        assert_eq!((counted.records, counted.is_cut), (all.len() as u64, false), "{search:?}");
        for (at, changes) in counted.bars.iter().enumerate() {
            let (from, until) = counted.stretch(at);
            let inside = all.iter().filter(|change| change.at >= from && change.at < until).count();
            assert_eq!(*changes, inside as u64, "{search:?}: {from} to {until}");
        }
        for (id, changes) in &counted.actors {
            let by = |change: &&Change| change.actor.principal.map(PrincipalId::uuid) == Some(*id);
            assert_eq!(*changes, all.iter().filter(by).count() as u64, "{search:?}");
        }
        let kind = |change: &Change| change.edit.subject().map(|fact| fact.target().kind.as_str());
        for (word, changes) in &counted.kinds {
            let of_kind = all.iter().filter(|change| kind(change) == Some(word)).count();
            assert_eq!(*changes, of_kind as u64, "{search:?}");
        }
        for (action, changes) in &counted.actions {
            assert_eq!(*changes, all.iter().filter(|change| change.action == *action).count() as u64);
        }
        let span = place.store.span_of_changes(organization, &search, None).await.unwrap();
        let end = |change: &Change| {
            (ChangeCursor { revision: change.revision, position: change.position }, change.at)
        };
        assert_eq!((span.records, span.stopped_at), (all.len() as u64, None));
        assert_eq!((span.newest, span.oldest), (all.first().map(end), all.last().map(end)), "{search:?}");
        let before = ChangeCursor { revision: Revision(middle), position: 0 };
        let older = place.store.span_of_changes(organization, &search, Some(before)).await.unwrap();
        let expected = all.iter().filter(|change| change.revision.0 < middle).count();
        assert_eq!(older.records, expected as u64, "{search:?}");
    }
}

pub(crate) async fn a_file_is_known_by_the_record_of_its_taking(place: &Place) {
    let (one, other) = (
        World::create(&place.store, 48, "northwind").await,
        World::create(&place.store, 49, "contoso").await,
    );
    let manifest = serde_json::json!({"rows": 3, "sha256": "00"});
    place.store.keep_export(one.organization, DecisionId::MIN, &manifest).await.unwrap();
    assert_eq!(place.store.export(one.organization, DecisionId::MIN).await.unwrap(), Some(manifest));
    assert_eq!(place.store.export(one.organization, DecisionId::MAX).await.unwrap(), None);
    assert_eq!(place.store.export(other.organization, DecisionId::MIN).await.unwrap(), None);
}

pub(crate) async fn queries_are_kept_by_whom_they_are(place: &Place) {
    let mut world = World::create(&place.store, 46, "northwind").await;
    let other = world.person("Ben Okafor").await;
    let organization = world.organization;
    let query = |number: u8, user, is_shared| SavedQuery {
        id: AgentId::from_uuid(uuid::Uuid::from_u128(u128::from(number) + 1)).uuid(),
        user,
        name: format!("Query {number}"),
        line: "decision:deny".to_owned(),
        is_shared,
        at: "2026-11-02T14:00:00Z".parse().unwrap(),
    };
    let (mine, theirs, ours) = (query(0, world.boss, false), query(1, other, false), query(2, other, true));
    for one in [&mine, &theirs, &ours] {
        assert!(place.store.save_query(organization, one).await.unwrap());
    }
    let seen = place.store.saved_queries(organization, world.boss).await.unwrap();
    assert_eq!(seen, [mine.clone(), ours.clone()]);
    assert_eq!(place.store.saved_query(organization, theirs.id).await.unwrap(), Some(theirs.clone()));
    for number in 3..102 {
        assert!(place.store.save_query(organization, &query(number, other, false)).await.unwrap());
    }
    assert!(!place.store.save_query(organization, &query(200, other, false)).await.unwrap(), "one too many");
    assert!(place.store.save_query(organization, &query(201, world.boss, false)).await.unwrap());
    assert!(place.store.remove_saved_query(organization, ours.id).await.unwrap());
    assert!(!place.store.remove_saved_query(organization, ours.id).await.unwrap());
}
