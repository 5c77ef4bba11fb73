//! Pictures are true: sums and what came after them are the records, however far they are summed.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use decision::{Reason, Subject, Verdict};
use model::*;
use store::{DecisionFilter, Page};

use crate::calls::{Calls, prepare};
use crate::place::Place;
use crate::world::{World, start};

/// A little more than one step takes.
const RECORDS: i64 = 2_100;
/// Two days in stretches of four hours.
const STRETCHES: (usize, u16) = (12, 4);

async fn fill(world: &mut World, calls: &Calls) {
    let mut records = Vec::new();
    for number in 0..RECORDS {
        let subject = match world.chance.0.below(4) {
            0 | 1 => Subject::Key(calls.key),
            2 => Subject::Key(calls.robot_key),
            _ => Subject::Unknown,
        };
        let tool = world.one(&["create_note", "delete_note"]);
        let mut record = calls.decide(world, subject, "notes", tool);
        record.at = to_micros(start() + TimeDelta::seconds(number * 80));
        if world.chance.0.below(9) == 0 {
            "agent.pause".clone_into(&mut record.action);
        }
        records.push(record);
    }
    world.store.append(&records).await.unwrap();
}

type Hours = BTreeMap<(usize, bool, Reason), u64>;

/// The same, counted one by one.
async fn expected(world: &World, person: Option<UserId>) -> Hours {
    let filter = DecisionFilter {
        owner: person,
        action: Some("tools/".to_owned()),
        from: Some(start() - TimeDelta::hours(1)),
        ..DecisionFilter::default()
    };
    let mut hours = Hours::new();
    let mut page = Page::first(1_000);
    loop {
        let found = world.store.decisions(world.organization, &filter, page).await.unwrap();
        let Some(last) = found.last() else { return hours };
        page = Page { after: Some(last.cursor()), ..page };
        for one in found {
            let hour = one.at.timestamp().div_euclid(3_600) - start().timestamp().div_euclid(3_600);
            if let Some(stretch) = usize::try_from(hour / 4).ok().filter(|at| *at < STRETCHES.0) {
                *hours.entry((stretch, one.verdict == Verdict::Allow, one.reason)).or_default() += 1;
            }
        }
    }
}

async fn counted(world: &World, person: Option<UserId>) -> Hours {
    let counts = world.store.hour_counts(world.organization, person, start(), STRETCHES).await.unwrap();
    assert_eq!(counts.missing, None, "so few are counted when they are looked at");
    let key = |count: &store::HourCount| (count.stretch, count.verdict == Verdict::Allow, count.reason);
    counts.of.iter().map(|count| (key(count), count.records)).collect()
}

async fn check(world: &World, calls: &Calls) {
    for person in [None, Some(calls.ben)] {
        assert_eq!(counted(world, person).await, expected(world, person).await, "{person:?}");
    }
    let ids = [calls.agent.uuid(), calls.robot.uuid(), calls.ben.uuid()];
    let counts = world.store.agent_counts(world.organization, &ids, start(), 3).await.unwrap();
    for agent in &counts.of {
        let filter = DecisionFilter {
            actor: Some(agent.id.uuid()),
            action: Some("tools/".to_owned()),
            // The three days that were asked for.
            until: Some("2026-11-06T00:00:00Z".parse().unwrap()),
            ..DecisionFilter::default()
        };
        let all = world.store.decisions(world.organization, &filter, Page::first(10_000)).await.unwrap();
        let allowed = all.iter().filter(|one| one.verdict == Verdict::Allow).count();
        let (counted, denied) = agent.total();
        assert_eq!((counted, counted + denied), (allowed as u64, all.len() as u64), "{agent:?}");
        assert_eq!(agent.days.len(), 3);
    }
    assert_eq!(counts.of.len(), 2, "who has not called is left out");
    let busiest = world.store.busiest(world.organization, start(), 1).await.unwrap();
    assert_eq!(busiest, [calls.agent.uuid()], "it calls twice as often as the robot");
}

pub(crate) async fn pictures_are_the_records_however_far_they_are_summed(place: &Place) {
    let mut world = World::create(&place.store, 61, "northwind").await;
    let calls = prepare(&mut world).await;
    fill(&mut world, &calls).await;
    check(&world, &calls).await;
    let (store, id) = (world.store.clone(), world.organization);
    assert!(!store.count_up_to(id, start() + TimeDelta::hours(7)).await.unwrap());
    check(&world, &calls).await;
    assert!(!store.count_up_to(id, start() + TimeDelta::hours(3)).await.unwrap(), "a mark never goes back");
    // Two nodes at once: what one has summed the other does not sum again.
    let both = tokio::join!(
        store.count_up_to(id, start() + TimeDelta::hours(30)),
        store.count_up_to(id, start() + TimeDelta::hours(30)),
    );
    both.0.unwrap();
    both.1.unwrap();
    check(&world, &calls).await;
    while store.count_up_to(id, start() + TimeDelta::days(9)).await.unwrap() {}
    check(&world, &calls).await;
    let mut late = calls.decide(&mut world, Subject::Key(calls.key), "notes", "create_note");
    late.at = to_micros(start() + TimeDelta::days(9) + TimeDelta::seconds(1));
    store.append(&[late]).await.unwrap();
    check(&world, &calls).await;
    // Days that are over were added up by now: what comes later counts nevertheless, summed and not yet summed.
    for (day, until) in [(9, 9), (10, 11)] {
        let mut records = Vec::new();
        for number in 0..RECORDS {
            let mut record = calls.decide(&mut world, Subject::Key(calls.robot_key), "notes", "create_note");
            record.at = to_micros(start() + TimeDelta::days(day) + TimeDelta::seconds(2 + number));
            records.push(record);
        }
        store.append(&records).await.unwrap();
        while store.count_up_to(id, start() + TimeDelta::days(until)).await.unwrap() {}
        let busiest = store.busiest(id, start(), 2).await.unwrap();
        assert_eq!(busiest, [calls.robot.uuid(), calls.agent.uuid()]);
    }
}

pub(crate) async fn what_is_too_much_to_count_is_said(place: &Place) {
    let mut world = World::create(&place.store, 62, "northwind").await;
    let calls = prepare(&mut world).await;
    for _ in 0..3 {
        let mut records = Vec::new();
        for _ in 0..RECORDS {
            records.push(calls.decide(&mut world, Subject::Key(calls.key), "notes", "create_note"));
        }
        world.store.append(&records).await.unwrap();
    }
    let counts = world.store.hour_counts(world.organization, None, start(), STRETCHES).await.unwrap();
    let (from, until) = counts.missing.unwrap();
    assert!(from < until && until > start(), "{from} {until}");
    while world.store.count_up_to(world.organization, start() + TimeDelta::days(1)).await.unwrap() {}
    let counts = world.store.hour_counts(world.organization, None, start(), STRETCHES).await.unwrap();
    assert_eq!(counts.missing, None);
    assert_eq!(counts.of.iter().map(|count| count.records).sum::<u64>(), 3 * RECORDS as u64);
}
