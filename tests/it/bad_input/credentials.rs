//! Credentials that do not count, and what each is told.

use std::time::Duration;

use serde_json::{Value, json};
use testkit::http::Request;
use testkit::process::eventually;

use crate::world::{Ask, Minted, Scene, World, check_body, reason, text};

/// The answer on a call that is otherwise allowed.
async fn ask(scene: &Scene<'_>, credential: &Value) -> Value {
    let mut body = check_body(&Ask {
        credential: "",
        server: &scene.server,
        tool: "search_notes",
        arguments: Some(&json!({})),
    });
    body["credential"] = credential.clone();
    scene.world.check_raw(&body).await
}

async fn outcome(scene: &Scene<'_>, credential: &str) -> String {
    reason(&ask(scene, &json!(credential)).await).to_owned()
}

/// The same key with one character changed at a place.
fn mistyped(token: &str, at: usize) -> String {
    let mut token = token.to_owned();
    let other = if &token[at..=at] == "a" { "b" } else { "a" };
    token.replace_range(at..=at, other);
    token
}

#[tokio::test]
async fn who_is_nobody_is_told_so_and_no_more() {
    let scene = Scene::set(World::shared().await).await;
    let token = &scene.acting.key.token;
    let management = &scene.world.api_key;
    let elsewhere = token.replacen("ans_ak_", "ans_rk_", 1);
    for (what, credential, expected) in [
        ("none", Value::Null, "credential_missing"),
        ("an empty one", json!(""), "credential_missing"),
        ("not a key", json!("sk-live-1234"), "credential_unknown"),
        ("mistyped in its id", json!(mistyped(token, 8)), "credential_unknown"),
        ("mistyped in its secret", json!(mistyped(token, 30)), "credential_unknown"),
        ("mistyped in its checksum", json!(mistyped(token, 66)), "credential_unknown"),
        ("of another kind by its letters", json!(elsewhere), "credential_unknown"),
        ("with a space", json!(format!("{token} ")), "credential_unknown"),
        ("very long", json!("a".repeat(100_000)), "credential_unknown"),
        ("a gateway's", json!(scene.world.gateway_key), "credential_kind"),
        ("a person's", json!(management), "credential_kind"),
    ] {
        let answer = ask(&scene, &credential).await;
        assert_eq!(reason(&answer), expected, "{what}");
        assert_eq!((&answer["actor"], &answer["owner"]), (&Value::Null, &Value::Null), "{what}: {answer}");
        assert!(!text(&answer, "decision_id").is_empty(), "{what}");
    }
    assert_eq!(outcome(&scene, token).await, "allow");
}

#[tokio::test]
async fn a_key_ends_when_it_says() {
    let scene = Scene::set(World::shared().await).await;
    let now = text(&scene.world.get(&format!("keys/{}", scene.acting.key.id)).await, "created_at");
    let now: chrono::DateTime<chrono::Utc> = now.parse().expect("a time");
    let ends = json!({"expires_at": now + chrono::TimeDelta::seconds(4)});
    let key = scene.world.limited_key("agent", &scene.acting.agent, &ends).await;
    let ended = async || (outcome(&scene, &key.token).await == "credential_expired").then_some(());
    eventually("the key ends", Duration::from_secs(30), ended).await;
    assert_eq!(scene.world.get(&format!("keys/{}", key.id)).await["state"], "expired");
    for (what, ends) in [
        ("in the past", now - chrono::TimeDelta::hours(1)),
        ("in more than a year", now + chrono::TimeDelta::days(400)),
    ] {
        let body = json!({"name": "x", "agent": scene.acting.agent, "expires_at": ends});
        let refused = scene.world.manage("POST", "keys", Some(&body)).await;
        assert!(matches!(refused.status, 400 | 409), "{what}: {}", refused.text());
    }
}

#[tokio::test]
async fn the_states_of_a_key_are_told_apart() {
    let scene = Scene::set(World::shared().await).await;
    let world = scene.world;
    let retiring = world.key("agent", &scene.acting.agent).await;
    let successor = Minted::of(
        &world.post(&format!("keys/{}/rotate", retiring.id), &json!({"grace_seconds": 600})).await,
    );
    let revoked = world.key("agent", &scene.acting.agent).await;
    world.post(&format!("keys/{}/revoke", revoked.id), &json!({"reason": "test"})).await;
    for (key, state, expected) in [
        (&retiring, "retiring", "allow"),
        (&successor, "live", "allow"),
        (&revoked, "revoked", "credential_revoked"),
    ] {
        assert_eq!(world.get(&format!("keys/{}", key.id)).await["state"], state);
        assert_eq!(outcome(&scene, &key.token).await, expected, "{state}");
    }
    // Only who has the whole secret learns that it was revoked.
    assert_eq!(outcome(&scene, &mistyped(&revoked.token, 30)).await, "credential_unknown");
}

#[tokio::test]
async fn a_key_keeps_to_its_limits() {
    let scene = Scene::set(World::shared().await).await;
    let world = scene.world;
    let (other, other_key) = world.gateway(&json!({})).await;
    let limited = async |limits: Value| {
        world.limited_key("agent", &scene.acting.agent, &json!({"limits": limits})).await.token
    };
    let from = limited(json!({"addresses": ["192.0.2.0/24"]})).await;
    let through = limited(json!({"gateways": [other]})).await;
    let once = limited(json!({"max_uses": 1})).await;
    let narrow = limited(json!({"scope": [{"server": scene.server_id, "tools": "whoami"}]})).await;

    let mut body =
        check_body(&Ask { credential: &from, server: &scene.server, tool: "search_notes", arguments: None });
    for (ip, expected) in [
        (json!({"ip": "192.0.2.7"}), "allow"),
        (json!({"ip": "::ffff:192.0.2.7"}), "allow"),
        (json!({"ip": "192.0.3.7"}), "address_not_allowed"),
        (json!({}), "address_not_allowed"),
    ] {
        body["context"] = ip.clone();
        assert_eq!(reason(&world.check_raw(&body).await), expected, "{ip}");
    }
    assert_eq!(outcome(&scene, &through).await, "gateway_not_allowed");
    let ask = check_body(&Ask {
        credential: &through,
        server: &scene.server,
        tool: "search_notes",
        arguments: None,
    });
    let response = Request::post("/v1/check", &ask).bearer(&other_key.token).send(world.address).await;
    assert_eq!(reason(&response.json()), "allow", "through the gateway that it names");
    assert_eq!(outcome(&scene, &once).await, "allow");
    assert_eq!(outcome(&scene, &once).await, "uses_exhausted");
    assert_eq!(outcome(&scene, &narrow).await, "outside_key_scope");
}

#[tokio::test]
async fn who_holds_it_has_to_stand() {
    let scene = Scene::set(World::shared().await).await;
    let world = scene.world;
    let (robot, robot_key) = scene.robot().await;
    assert_eq!(outcome(&scene, &robot_key.token).await, "allow");
    world.post(&format!("robots/{robot}/pause"), &json!({"reason": "test"})).await;
    assert_eq!(outcome(&scene, &robot_key.token).await, "robot_paused");
    world.post(&format!("robots/{robot}/resume"), &json!({})).await;
    assert_eq!(outcome(&scene, &robot_key.token).await, "allow");

    // An agent whose owner is gone: the key went with the owner, and a new one would not help.
    let orphan = scene.bystander().await;
    world.delete(&format!("members/{}", orphan.owner)).await;
    assert_eq!(outcome(&scene, &orphan.key.token).await, "credential_revoked");
    let body = json!({"name": "again", "agent": orphan.agent});
    let again = world.manage("POST", "keys", Some(&body)).await;
    if again.status == 201 {
        assert_eq!(outcome(&scene, &Minted::of(&again.json()).token).await, "agent_unowned");
    } else {
        assert_eq!(again.status, 409, "{}", again.text());
    }
}

/// No credential of an agent, a robot or a gateway manages anything, whoever owns it.
#[tokio::test]
async fn managing_is_for_people() {
    let scene = Scene::set(World::shared().await).await;
    let (robot, robot_key) = scene.robot().await;
    let acting = &scene.acting;
    let writes = [
        ("agents".to_owned(), json!({"name": "wider"})),
        (format!("agents/{}/resume", acting.agent), json!({})),
        ("keys".to_owned(), json!({"name": "more", "agent": acting.agent})),
        (format!("keys/{}/rotate", acting.key.id), json!({})),
        ("roles".to_owned(), json!({"name": "mine"})),
        ("robots".to_owned(), json!({"name": "mine"})),
        (format!("robots/{robot}/resume"), json!({})),
        ("members".to_owned(), json!({"name": "mine", "role": "owner"})),
        ("stop-agents".to_owned(), json!({"reason": "mine"})),
    ];
    for key in [&acting.key.token, &robot_key.token, &scene.world.gateway_key] {
        for (path, body) in &writes {
            let request = Request::post(&scene.world.path(path), body).bearer(key);
            let response = request.send(scene.world.address).await;
            assert!(matches!(response.status, 403 | 404), "{path}: {} {}", response.status, response.text());
            if response.status == 403 {
                assert!(response.text().contains("people"), "{path}: {}", response.text());
            }
        }
    }
    assert_eq!(outcome(&scene, &acting.key.token).await, "allow", "and nothing came of it");
}
