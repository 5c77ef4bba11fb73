//! Evidence is found by what people ask.

use decision::{Reason, Record, Subject, Verdict};
use model::*;
use store::{DecisionFilter, Order, Page, StoredDecision};

use crate::calls::{Calls, prepare};
use crate::place::Place;
use crate::world::World;

const RECORDS: u64 = 120;
const FILTERS: usize = 150;

/// Calls of every kind, several in each moment.
async fn fill(world: &mut World, calls: &Calls) {
    let mut records: Vec<Record> = Vec::new();
    let mut moment = world.now();
    for _ in 0..RECORDS {
        let subject = match world.chance.0.below(5) {
            0 | 1 => Subject::Key(calls.key),
            2 => Subject::Key(calls.robot_key),
            3 => Subject::Asserted(PrincipalId::User(calls.ben)),
            _ => Subject::Unknown,
        };
        let server = world.one(&["notes", "Notes", "other"]);
        let tool =
            ["create_note", "delete_note", "Create_note"][usize::try_from(world.chance.0.below(3)).unwrap()];
        let mut record = calls.decide(world, subject, server, tool);
        if world.chance.0.below(3) == 0 {
            moment = record.at;
        }
        record.at = moment;
        record.run = world.one(&[None, Some(RunId::MIN), Some(RunId::MAX)]);
        if world.chance.0.below(4) == 0 {
            "tools/visible".clone_into(&mut record.action);
        }
        records.push(record);
    }
    world.store.append(&records).await.unwrap();
}

/// A filter with a few conditions, drawn so that most leave something.
fn filter(world: &mut World, calls: &Calls, all: &[StoredDecision]) -> DecisionFilter {
    let mut filter = DecisionFilter::default();
    for _ in 0..=world.chance.0.below(3) {
        let like = world.one(all);
        match world.chance.0.below(15) {
            0 => filter.actor = Some(calls.agent.uuid()),
            1 => filter.actor_kind = like.actor.as_ref().map(|party| party.id.kind()),
            2 => filter.owner = Some(calls.ben),
            3 => filter.attributable_to = Some(calls.ben),
            4 => filter.run = like.run,
            5 => filter.workspace = like.workspace.map(|id| id.to_string()).or(Some("platform".to_owned())),
            6 => filter.server = like.server_name,
            7 => filter.tool = like.tool.map(|id| id.to_string()).or(like.tool_name),
            8 => filter.verdict = Some(like.verdict),
            9 => filter.reason = Some(like.reason),
            10 => {
                let starts = ["tools/", "tools/v", "Tools/", "organization."];
                filter.action = Some(world.one(&starts).to_owned());
            }
            11 => filter.from = Some(like.at),
            12 => filter.until = Some(like.at),
            13 => filter.gateway = like.gateway,
            _ => filter.key = like.key,
        }
    }
    filter
}

/// The same question, asked of a list.
fn leaves(filter: &DecisionFilter, d: &StoredDecision) -> bool {
    fn wanted<T: PartialEq>(wanted: Option<&T>, found: Option<&T>) -> bool {
        wanted.is_none() || wanted == found
    }
    let actor = d.actor.as_ref().map(|party| party.id);
    let owner = d.owner.as_ref().map(|party| party.id);
    let id_or_name = |wanted: &Option<String>, id: Option<uuid::Uuid>, name: &Option<String>| {
        wanted.is_none() || *wanted == id.map(|id| id.to_string()) || wanted == name
    };
    wanted(filter.actor.as_ref(), actor.map(PrincipalId::uuid).as_ref())
        && wanted(filter.actor_kind.as_ref(), actor.map(PrincipalId::kind).as_ref())
        && filter.owner.is_none_or(|id| owner == Some(PrincipalId::User(id)))
        && filter.attributable_to.is_none_or(|id| [actor, owner].contains(&Some(PrincipalId::User(id))))
        && wanted(filter.run.as_ref(), d.run.as_ref())
        && id_or_name(&filter.workspace, d.workspace.map(WorkspaceId::uuid), &d.workspace_name)
        && id_or_name(&filter.server, d.server.map(ServerId::uuid), &d.server_name)
        && id_or_name(&filter.tool, d.tool.map(ToolId::uuid), &d.tool_name)
        && wanted(filter.verdict.as_ref(), Some(&d.verdict))
        && wanted(filter.reason.as_ref(), Some(&d.reason))
        && filter.action.as_ref().is_none_or(|prefix| d.action.starts_with(prefix))
        && filter.from.is_none_or(|at| d.at >= at)
        && filter.until.is_none_or(|at| d.at < at)
        && wanted(filter.gateway.as_ref(), d.gateway.as_ref())
        && wanted(filter.key.as_ref(), d.key.as_ref())
}

async fn all(world: &World) -> Vec<StoredDecision> {
    let none = DecisionFilter::default();
    world.store.decisions(world.organization, &none, Page::first(10_000)).await.unwrap()
}

pub(crate) async fn filters_leave_what_they_say(place: &Place) {
    let mut world = World::create(&place.store, 51, "northwind").await;
    let calls = prepare(&mut world).await;
    fill(&mut world, &calls).await;
    let all = all(&world).await;
    assert_eq!(u64::try_from(all.len()).unwrap(), RECORDS + 3, "the calls, and what made the world");
    assert!(all.is_sorted_by(|a, b| (a.at, a.id) > (b.at, b.id)), "newest first");
    for verdict in [Verdict::Allow, Verdict::Deny] {
        assert!(all.iter().any(|d| d.verdict == verdict && d.action.starts_with("tools/")), "{verdict:?}");
    }
    assert!(all.iter().any(|d| d.reason == Reason::NotGranted), "a grant that does not reach");
    let mut left = 0;
    for _ in 0..FILTERS {
        let filter = filter(&mut world, &calls, &all);
        let expected: Vec<_> = all.iter().filter(|d| leaves(&filter, d)).cloned().collect();
        let found = place.store.decisions(world.organization, &filter, Page::first(10_000)).await.unwrap();
        assert_eq!(found, expected, "{filter:?}");
        left += usize::from(!found.is_empty() && found.len() < all.len());
    }
    assert!(left > FILTERS / 2, "only {left} filters left some and not all");
}

pub(crate) async fn pages_join_to_the_whole(place: &Place) {
    let mut world = World::create(&place.store, 52, "northwind").await;
    let calls = prepare(&mut world).await;
    fill(&mut world, &calls).await;
    let filter = DecisionFilter { action: Some("tools/".to_owned()), ..DecisionFilter::default() };
    for order in [Order::NewestFirst, Order::OldestFirst] {
        let mut whole: Vec<_> = all(&world).await.into_iter().filter(|d| leaves(&filter, d)).collect();
        if order == Order::OldestFirst {
            whole.reverse();
        }
        for limit in [1, 7, RECORDS, RECORDS + 1] {
            let mut paged: Vec<StoredDecision> = Vec::new();
            loop {
                let page = Page { after: paged.last().map(StoredDecision::cursor), limit, order };
                let next = place.store.decisions(world.organization, &filter, page).await.unwrap();
                assert!(u64::try_from(next.len()).unwrap() <= limit);
                if next.is_empty() {
                    break;
                }
                paged.extend(next);
            }
            assert_eq!(paged, whole, "{limit} at a time, {order:?}");
        }
    }
}
