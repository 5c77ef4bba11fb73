//! I2, the route walk: every route there is, with every method, with the ids of another organization in every place
//! where a path takes one, by everybody who can have a credential. Nothing of it is there, nothing of it is said, and
//! nothing of it changes.
//!
//! The routes are read from the source and from the program's own description, so one that is missing here cannot be:
//! a path parameter that the walk does not know fails it.

mod both;
mod callers;
mod compare;
mod routes;
mod rows;
mod victim;

use testkit::postgres::Postgres;

use crate::world::World;
use callers::{Caller, callers};
pub(crate) use routes::mounted;
use routes::{METHODS, Route, routes};
use victim::Victim;

/// There are more routes than this, or the walk has lost its way to them.
const AT_LEAST: usize = 70;

/// Walks with the credentials of one organization and the ids of another.
async fn walk(world: &World) {
    let (mine, other) = (world.neighbour().await, world.neighbour().await);
    let (own, victim) = (Victim::of(&mine).await, Victim::of(&other).await);
    let before = tokio::task::block_in_place(|| rows::of(&other));
    let routes = routes(&mine).await;
    assert!(routes.len() > AT_LEAST, "only {} routes were found", routes.len());
    let mut walk = Walk { mine: &mine, own, victim, found: Vec::new() };
    for caller in &callers(&mine).await {
        for route in routes.iter().filter(|route| caller.is_for(route)) {
            for method in METHODS {
                // What a route does not take is refused before anybody is looked at: one caller is enough.
                if route.takes(method) || caller.is_first {
                    walk.visit(route, method, caller).await;
                }
            }
        }
        assert!(caller.is_still_there(&mine).await, "{} was signed out on the way", caller.who);
    }
    assert!(walk.found.is_empty(), "{} found:\n{}", walk.found.len(), walk.found.join("\n"));
    let after = tokio::task::block_in_place(|| rows::of(&other));
    let changed: Vec<_> = before.iter().filter(|(table, rows)| after.get(*table) != Some(rows)).collect();
    assert!(changed.is_empty(), "rows of the other organization have changed: {changed:#?}");
    assert_eq!(before.len(), after.len());
}

struct Walk<'w> {
    mine: &'w World,
    own: Victim,
    victim: Victim,
    /// What is not as it should be. All of it is told at once.
    found: Vec<String>,
}

impl Walk<'_> {
    /// One route with one method by one caller: the other's ids in each place, and in all of them.
    async fn visit(&mut self, route: &Route, method: &str, caller: &Caller) {
        // What names nothing can only do something to the walker: sign them out, for one, and the walk with them.
        if route.parameters().is_empty() && method != "GET" {
            return;
        }
        for places in route.places() {
            let theirs = |name: &str, at| {
                if places.covers(at) { self.victim.id(route, name) } else { self.own.id(route, name) }
            };
            let nobodys = |name: &str, at| {
                if places.covers(at) { victim::nobody(route, name) } else { self.own.id(route, name) }
            };
            let (theirs, nobodys) = (route.path(theirs), route.path(nobodys));
            self.compare(route, method, caller, &theirs, &nobodys).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_route_keeps_organizations_apart_on_sqlite() {
    walk(World::shared().await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_route_keeps_organizations_apart_on_postgresql() {
    let url = tokio::task::block_in_place(|| Postgres::shared().database());
    let (program, world) = crate::world::serve(&url, &url, &[]).await;
    walk(&world).await;
    drop(program);
}
