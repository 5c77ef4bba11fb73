//! I4: a busy organization is held back, and its neighbour does not notice.

use std::time::Duration;

use testkit::http::{Connection, Request, Response};
use testkit::process::eventually;

use crate::world::{Ask, Own, Scene, World, check_body};

/// Bodies that are begun at once: more than an organization has turns.
const STALLED: usize = 8;
/// More than any burst of this test lets through.
const PLENTY: usize = 2_000;
const SOON: Duration = Duration::from_secs(20);

async fn ask(world: &World, scene: &Scene<'_>) -> Response {
    let ask =
        Ask { credential: &scene.acting.key.token, server: &scene.server, tool: "whoami", arguments: None };
    world.ask("/v1/check", &check_body(&ask)).await
}

async fn manage(world: &World) -> Response {
    let request = Request::get(&world.path("agents")).bearer(&world.api_key);
    request.send(world.address).await
}

/// Repeats something until it is refused for asking too much, and checks that the refusal says when to come back.
async fn exhaust(what: &str, attempt: impl AsyncFn() -> Response) {
    for _ in 0..PLENTY {
        let response = attempt().await;
        if response.status != 200 {
            assert_eq!(response.status, 429, "{what}: {}", response.text());
            assert_eq!(response.json()["code"], "too_many_requests", "{what}");
            assert_eq!(response.header("retry-after"), Some("1"), "{what}");
            return;
        }
    }
    panic!("{what}: {PLENTY} were let through");
}

/// nginx makes 500 of a 429, so those who pass a request on are told 403.
#[tokio::test]
async fn forward_auth_and_envoy_are_held_back_with_403() {
    let own = Own::start_with(&[("ANSWERABLE_LIMITS__CALLS_PER_SECOND", "5")]).await;
    let scene = Scene::set(&own.world).await;
    for path in ["forward-auth", "envoy"] {
        let call = serde_json::json!({
            "jsonrpc": "2.0", "id": 7, "method": "tools/call", "params": {"name": "whoami", "arguments": {}},
        });
        let request = Request::post(&format!("/v1/{path}/{}", scene.server), &call)
            .header("x-answerable-gateway", &own.world.gateway_key)
            .header("x-original-method", "POST")
            .bearer(&scene.acting.key.token);
        let mut answer = request.send(own.world.address).await;
        for _ in 0..PLENTY {
            if answer.status != 200 {
                break;
            }
            answer = request.send(own.world.address).await;
        }
        assert_eq!(answer.status, 403, "{path}: {}", answer.text());
        assert_eq!(answer.header("x-answerable-reason"), Some("too_many_requests"), "{path}");
        assert_eq!(answer.header("retry-after"), Some("1"), "{path}");
        let told = answer.json();
        assert_eq!((&told["id"], &told["error"]["code"]), (&7.into(), &(-32001).into()), "{path}: {told}");
        assert_eq!(told["error"]["data"], serde_json::json!({"reason": "too_many_requests"}), "{path}");
    }
}

/// Listing what is visible decides as well.
#[tokio::test]
async fn what_is_visible_counts_as_a_call() {
    let own = Own::start_with(&[("ANSWERABLE_LIMITS__CALLS_PER_SECOND", "5")]).await;
    let quiet = own.world.neighbour().await;
    let (noisy_scene, quiet_scene) = (Scene::set(&own.world).await, Scene::set(&quiet).await);
    let list = async |world: &World, scene: &Scene<'_>| {
        let body = serde_json::json!({"credential": scene.acting.key.token, "server": scene.server});
        world.ask("/v1/tools/visible", &body).await
    };
    exhaust("lists", async || list(&own.world, &noisy_scene).await).await;
    assert_eq!(list(&quiet, &quiet_scene).await.status, 200, "a neighbour's list");
}

#[tokio::test]
async fn a_noisy_organization_is_held_back_and_its_neighbour_is_not() {
    let settings = [
        ("ANSWERABLE_LIMITS__CALLS_PER_SECOND", "5"),
        ("ANSWERABLE_LIMITS__REQUESTS_PER_SECOND", "20"),
        ("ANSWERABLE_LIMITS__AGENTS", "9"),
    ];
    let own = Own::start_with(&settings).await;
    let quiet = own.world.neighbour().await;
    let (noisy_scene, quiet_scene) = (Scene::set(&own.world).await, Scene::set(&quiet).await);

    exhaust("calls", async || ask(&own.world, &noisy_scene).await).await;
    assert_eq!(ask(&quiet, &quiet_scene).await.status, 200, "a neighbour's call");
    exhaust("management", async || manage(&own.world).await).await;
    assert_eq!(manage(&quiet).await.status, 200, "a neighbour's request");
    let again = async || (ask(&own.world, &noisy_scene).await.status == 200).then_some(());
    eventually("the organization may ask again", SOON, again).await;

    for _ in 0..=9 {
        let body = serde_json::json!({"name": crate::world::unique("Agent")});
        let response = quiet.manage("POST", "agents", Some(&body)).await;
        if response.status == 409 {
            assert!(response.json()["detail"].as_str().is_some_and(|text| text.contains("9 agents")));
            return;
        }
    }
    panic!("more agents than the organization may have");
}

/// A request to manage something, whose body is announced and never comes.
async fn stall(world: &World, key: &str) -> Connection {
    let head = format!(
        "POST {} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {key}\r\ncontent-type: application/json\r\n\
         content-length: 40\r\n\r\n{{\"name\"",
        world.path("agents")
    );
    let mut connection = Connection::open(world.address).await.expect("a connection");
    connection.send(head.as_bytes()).await.expect("a head is taken");
    connection
}

/// What an agent's key does at the management API is refused, and keeps nobody from managing.
#[tokio::test]
async fn an_agent_that_floods_and_stalls_does_not_keep_its_owner_from_the_stop_button() {
    let own = Own::start_with(&[("ANSWERABLE_LIMITS__REQUESTS_PER_SECOND", "20")]).await;
    let world = &own.world;
    let scene = Scene::set(world).await;
    let agents_key = &scene.acting.key.token;
    let body = serde_json::json!({"reason": "an agent runs wild"});
    let stop = Request::post(&world.path("stop-agents"), &body);
    let as_agent = async || stop.clone().bearer(agents_key).send(world.address).await;

    let mut stalled = Vec::new();
    for key in [agents_key, &world.api_key] {
        for _ in 0..STALLED {
            stalled.push(stall(world, key).await);
        }
    }
    assert_eq!(manage(world).await.status, 200, "while the bodies of others are on their way");
    let mut statuses = Vec::new();
    while statuses.len() < PLENTY && statuses.last() != Some(&429) {
        statuses.push(as_agent().await.status);
    }
    assert_eq!(statuses.pop(), Some(429), "it is held back");
    assert!(statuses.iter().all(|status| matches!(status, 403 | 404)), "and refused before: {statuses:?}");

    let stopped = stop.bearer(&world.api_key).send(world.address).await;
    assert_eq!(stopped.status, 200, "{}", stopped.text());
    for mut connection in stalled {
        let answer = connection.receive(true).await.expect("an answer");
        assert_eq!((answer.status, answer.json()["code"].as_str()), (408, Some("timeout")));
    }
}
