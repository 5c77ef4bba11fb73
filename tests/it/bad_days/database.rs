//! A database that goes away while the program runs, and comes back.

use std::time::Duration;

use serde_json::{Value, json};
use testkit::fault::TcpProxy;
use testkit::http::{Request, Response};
use testkit::postgres::{Durability, Postgres};
use testkit::process::eventually;

use crate::world::{Ask, Scene, World, check_body, serve, text};

/// Well beyond the lease and the recorder's own patience.
const SOON: Duration = Duration::from_secs(30);

/// What a node says when it cannot answer safely.
const UNSAFE: [&str; 3] = ["recorder_unavailable", "lease_expired", "facts_unavailable"];

async fn ask(scene: &Scene<'_>) -> Response {
    let ask = Ask {
        credential: &scene.acting.key.token,
        server: &scene.server,
        tool: "search_notes",
        arguments: Some(&json!({})),
    };
    let request = Request::post("/v1/check", &check_body(&ask)).bearer(&scene.world.gateway_key);
    request.send(scene.world.address).await
}

/// Asks until the node answers again, and then manages something: nothing needed a hand.
async fn heals(scene: &Scene<'_>) -> String {
    let answered =
        async || Some(ask(scene).await).filter(|answer| answer.status == 200).map(|answer| answer.json());
    let answer: Value = eventually("the node answers again", SOON, answered).await;
    assert_eq!(answer["decision"], true, "{answer}");
    let managed = async || {
        let made =
            scene.world.manage("POST", "roles", Some(&json!({"name": crate::world::unique("again")}))).await;
        (made.status == 201).then_some(())
    };
    eventually("managing works again", SOON, managed).await;
    text(&answer, "decision_id")
}

/// What was answered is kept. Connections that were cut meanwhile may be found out one by one.
async fn is_kept(world: &World, id: &str) {
    let read = async || {
        let response = world.manage("GET", &format!("decisions/{id}"), None).await;
        assert_ne!(response.status, 404, "{id} was answered and is lost");
        (response.status == 200).then(|| response.json())
    };
    assert_eq!(eventually("evidence can be read", SOON, read).await["decision"], "allow");
}

/// While the database is away: no decision at all, least of all an allow.
#[track_caller]
fn is_unsafe(response: &Response) -> bool {
    if response.status == 200 {
        return false;
    }
    assert_eq!(response.status, 503, "{}", response.text());
    let code = text(&response.json(), "code");
    assert!(UNSAFE.contains(&code.as_str()), "{code}");
    assert!(response.header("retry-after").is_some(), "{}", response.text());
    true
}

#[tokio::test]
async fn a_database_that_goes_away_stops_answers_until_it_is_back() {
    // As in production: with anything less, a crash may take back what was committed.
    let postgres = Postgres::new(Durability::On);
    let url = postgres.database();
    let (program, world) = serve(&url, &url, &[]).await;
    let scene = Scene::set(&world).await;
    let mut answered = vec![text(&ask(&scene).await.json(), "decision_id")];
    for crash in [false, true] {
        if crash {
            postgres.crash();
        } else {
            postgres.stop();
        }
        // A decision has to be durable before it is answered, so the very first question finds out.
        for _ in 0..5 {
            let response = ask(&scene).await;
            assert!(is_unsafe(&response), "{} {}", response.status, response.text());
        }
        let read = world.manage("GET", "decisions", None).await;
        assert_eq!(read.status, 503, "{}", read.text());
        let gateway = Request::get(&format!("/v1/forward-auth/{}", scene.server))
            .header("x-answerable-gateway", &world.gateway_key)
            .header("x-original-method", "DELETE")
            .bearer(&scene.acting.key.token);
        assert_eq!(gateway.send(world.address).await.status, 503);
        let ready = async || (Request::get("/readyz").send(world.address).await.status == 503).then_some(());
        eventually("the node says that it is not ready", SOON, ready).await;
        assert_eq!(
            Request::get("/healthz").send(world.address).await.status,
            200,
            "the process itself is well"
        );
        postgres.start();
        answered.push(heals(&scene).await);
        crate::world::wait_ready(world.address).await;
    }
    for id in &answered {
        is_kept(&world, id).await;
    }
    drop(program);
}

#[tokio::test]
async fn a_partition_and_a_cut_are_survived_the_same_way() {
    let postgres = Postgres::shared();
    let url = postgres.database();
    let proxy = TcpProxy::to(testkit::ports::loopback(postgres.port()));
    let by_way_of = url.replace(&format!(":{}/", postgres.port()), &format!(":{}/", proxy.address().port()));
    let (program, world) = serve(&url, &by_way_of, &[]).await;
    let scene = Scene::set(&world).await;
    proxy.blackhole();
    let lost = async || is_unsafe(&ask(&scene).await).then_some(());
    eventually("a partition is noticed", SOON, lost).await;
    for _ in 0..3 {
        assert!(is_unsafe(&ask(&scene).await), "and stays noticed");
    }
    proxy.heal();
    let first = heals(&scene).await;
    proxy.reset();
    eventually("a cut is noticed", SOON, async || is_unsafe(&ask(&scene).await).then_some(())).await;
    proxy.heal();
    let second = heals(&scene).await;
    for id in [first, second] {
        is_kept(&world, &id).await;
    }
    drop(program);
}

/// A backup is put back under a running program: what the backup does not know is no longer so, and nothing needs a
/// restart.
#[tokio::test]
async fn a_database_that_was_restored_is_believed() {
    let postgres = Postgres::shared();
    let url = postgres.database();
    let database = url.rsplit('/').next().expect("the name of the database");
    let (program, world) = serve(&url, &url, &[]).await;
    let scene = Scene::set(&world).await;
    let alone = |then: &str| {
        postgres.sql("postgres", &format!("alter database {database} allow_connections false"));
        let others = format!(
            "select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = '{database}'"
        );
        postgres.sql("postgres", &others);
        let gone = || postgres.sql("postgres", &others).trim() == "0";
        testkit::process::wait_until("nobody is connected", SOON, gone);
        for statement in then.split(';') {
            postgres.sql("postgres", statement);
        }
        postgres.sql("postgres", &format!("alter database {database} allow_connections true"));
    };
    alone(&format!("create database {database}_backup template {database}"));
    heals(&scene).await;
    let late = world.key("agent", &scene.acting.agent).await;
    let outcome = async |credential: &str| {
        let ask = Ask { credential, server: &scene.server, tool: "whoami", arguments: None };
        let response = world.ask("/v1/check", &check_body(&ask)).await;
        (response.status == 200).then(|| crate::world::reason(&response.json()).to_owned())
    };
    eventually("the late key counts", SOON, async || {
        outcome(&late.token).await.filter(|told| told == "allow")
    })
    .await;
    alone(&format!(
        "alter database {database} rename to {database}_lost; alter database {database}_backup rename to {database}"
    ));
    heals(&scene).await;
    let forgotten = async || outcome(&late.token).await.filter(|told| told == "credential_unknown");
    eventually("the late key is nobody's", SOON, forgotten).await;
    drop(program);
}

/// What changed in the database while the node could not see it counts from its first answer on.
#[tokio::test]
async fn a_node_that_was_cut_off_answers_nothing_old() {
    let postgres = Postgres::shared();
    let url = postgres.database();
    let proxy = TcpProxy::to(testkit::ports::loopback(postgres.port()));
    let by_way_of = url.replace(&format!(":{}/", postgres.port()), &format!(":{}/", proxy.address().port()));
    let (cut_off, world) = serve(&url, &by_way_of, &[]).await;
    let scene = Scene::set(&world).await;
    assert_eq!(ask(&scene).await.json()["decision"], true);
    proxy.blackhole();
    eventually("the partition is noticed", SOON, async || is_unsafe(&ask(&scene).await).then_some(())).await;

    let settings =
        [("ANSWERABLE_DATABASE__URL", url.as_str()), ("ANSWERABLE_ENFORCEMENT__NODE_NAME", "node-2")];
    let other = testkit::answerable::Program::serve(&settings);
    let elsewhere: World = world.moved_to(other.address).await;
    elsewhere.post(&format!("keys/{}/revoke", scene.acting.key.id), &json!({"reason": "lost"})).await;
    proxy.heal();
    let answered = async || Some(ask(&scene).await).filter(|answer| answer.status == 200);
    let first = eventually("the node answers again", SOON, answered).await;
    assert_eq!(first.json()["reason"], "credential_revoked", "{}", first.text());
    drop(cut_off);
}
