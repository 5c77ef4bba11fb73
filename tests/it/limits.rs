//! I4: a busy organization is held back, and its neighbour does not notice.

use std::time::Duration;

use testkit::http::{Request, Response};
use testkit::process::eventually;

use crate::world::{Ask, Own, Scene, World, check_body};

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
