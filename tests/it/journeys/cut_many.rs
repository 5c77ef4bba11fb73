//! The two ways to stop much at once: the stop button, and a leak.

use serde_json::{Value, json};
use testkit::http::Request;

use crate::world::{Own, Scene, World, done, reason};

/// What comes of a call of the shared server with each of these credentials.
async fn outcomes(scene: &Scene<'_>, credentials: &[&str]) -> Vec<String> {
    let mut outcomes = Vec::new();
    for credential in credentials {
        let answer = scene.check_as(credential, "search_notes", &json!({"query": "x"})).await;
        outcomes.push(reason(&answer).to_owned());
    }
    outcomes
}

#[tokio::test]
async fn the_stop_button_stops_agents_and_nothing_else() {
    let own = Own::start().await;
    let scene = Scene::set(&own.world).await;
    let (bystander, (_, robot)) = (scene.bystander().await, scene.robot().await);
    let credentials = [scene.acting.key.token.as_str(), &bystander.key.token, &robot.token];
    assert_eq!(outcomes(&scene, &credentials).await, ["allow"; 3]);

    let stopped = own.world.post("stop-agents", &json!({"reason": "an incident"})).await;
    assert_eq!(stopped["receipt"]["complete"], true, "{stopped}");
    assert_eq!(outcomes(&scene, &credentials).await, ["agents_stopped", "agents_stopped", "allow"]);
    // One operation that leaves every agent's own state as it was.
    assert_eq!(own.world.get(&format!("agents/{}", scene.acting.agent)).await["state"], "live");

    own.world.post("release-agents", &json!({})).await;
    assert_eq!(outcomes(&scene, &credentials).await, ["allow"; 3]);
}

#[tokio::test]
async fn a_reported_leak_ends_the_key_at_once() {
    let world = World::shared().await;
    let scene = Scene::set(world).await;
    let bystander = scene.bystander().await;
    let mut forged = scene.acting.key.token.clone();
    forged.replace_range(8..10, "00");
    let report = |tokens: Value| async move {
        let response = Request::post("/v1/leaks", &json!({"tokens": tokens})).send(world.address).await;
        (response.status, response.text())
    };
    // Whatever is sent, nobody learns whether it was worth something.
    let nothing = report(json!([forged, "ans_ak_not-a-key", "", "password"])).await;
    let credentials = [scene.acting.key.token.as_str(), &bystander.key.token];
    assert_eq!(outcomes(&scene, &credentials).await, ["allow"; 2]);
    let something = report(json!([scene.acting.key.token])).await;
    assert_eq!((nothing.0, &nothing), (202, &something));
    assert_eq!(outcomes(&scene, &credentials).await, ["credential_revoked", "allow"]);

    let key = world.get(&format!("keys/{}", scene.acting.key.id)).await;
    assert_eq!(key["state"], "revoked", "{key}");
    assert!(key["because"]["reason"].as_str().is_some_and(|why| why.contains("leak")), "{key}");
}

#[tokio::test]
async fn too_many_tokens_or_none_is_no_report() {
    let world = World::shared().await;
    for body in [json!({"tokens": "ans_ak_x"}), json!({"tokens": [7]}), json!({}), json!("ans_ak_x")] {
        let response = Request::post("/v1/leaks", &body).send(world.address).await;
        assert_eq!((response.status, &response.json()["code"]), (400, &json!("malformed")), "{body}");
    }
    let scene = Scene::set(world).await;
    let many: Vec<&str> = std::iter::repeat_n("x", 1000).chain([scene.acting.key.token.as_str()]).collect();
    let response = Request::post("/v1/leaks", &json!({"tokens": many})).send(world.address).await;
    assert_eq!(response.status, 413, "{}", response.text());
    assert_eq!(outcomes(&scene, &[&scene.acting.key.token]).await, ["allow"]);
}

#[tokio::test]
async fn many_keys_are_rotated_in_one_operation_with_a_reason() {
    let world = World::shared().await;
    let scene = Scene::set(world).await;
    let bystander = scene.bystander().await;
    let (_, sibling) = scene.sibling().await;
    let refused =
        world.manage("POST", "keys/rotate", Some(&json!({"owner": scene.acting.owner, "reason": ""}))).await;
    assert_eq!(refused.status, 400, "a reason is needed: {}", refused.text());

    let refused = world.manage("POST", "keys/rotate", Some(&json!({"reason": "no filter"}))).await;
    assert_eq!(refused.status, 400, "a forgotten filter is not every key: {}", refused.text());
    assert_eq!(refused.json()["errors"][0]["field"], "all", "{}", refused.text());
    let order =
        json!({"owner": scene.acting.owner, "kind": "agent", "grace_seconds": 0, "reason": "a lost laptop"});
    let answer = done("rotate many", &world.manage("POST", "keys/rotate", Some(&order)).await);
    let rotated = answer["rotated"].as_array().expect("the rotated keys");
    assert_eq!(rotated.len(), 2, "{answer}");
    let fresh: Vec<&str> = rotated.iter().filter_map(|key| key["token"].as_str()).collect();
    let old = [scene.acting.key.token.as_str(), &sibling.token, &bystander.key.token];
    assert_eq!(outcomes(&scene, &old).await, ["credential_expired", "credential_expired", "allow"]);
    assert_eq!(outcomes(&scene, &fresh).await, ["allow"; 2]);
}
