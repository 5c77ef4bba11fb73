//! Values that a field should never hold.

use serde_json::{Value, json};
use testkit::http::Request;

use super::problem;
use crate::world::{Ask, Scene, World, check_body, reason, text, unique};

#[tokio::test]
async fn names_cannot_carry_headers_or_hide_what_they_are() {
    let world = World::shared().await;
    for (what, name) in [
        ("a header of its own", "bot\r\nX-Answerable-Owner: somebody".to_owned()),
        ("an end of text", "bot\0".to_owned()),
        ("a reversal", "bot\u{202e}tob".to_owned()),
        ("nothing", String::new()),
        ("white space", " \t ".to_owned()),
        ("a book", "x".repeat(100_000)),
    ] {
        for noun in ["agents", "robots", "roles", "members", "gateways"] {
            let mut body = json!({"name": name});
            if noun == "members" {
                body["role"] = json!("member");
            }
            let response = world.manage("POST", noun, Some(&body)).await;
            let (status, code) = problem(&response);
            assert!(status == 400 && code == "invalid", "{noun}: {what}: {}", response.text());
            assert!(
                response.json()["errors"].to_string().contains("name"),
                "{noun}: {what}: {}",
                response.text()
            );
        }
    }
}

/// A name beyond ASCII is a name: it reaches the server behind the gateway in a form that a header can carry.
#[tokio::test]
async fn a_name_beyond_ascii_arrives_whole() {
    let scene = Scene::set(World::shared().await).await;
    let acting = &scene.acting;
    scene.world.patch(&format!("agents/{}", acting.agent), &json!({"name": "Zoë 100% 🦀"})).await;
    let request = Request::get(&format!("/v1/forward-auth/{}", scene.server))
        .header("x-answerable-gateway", &scene.world.gateway_key)
        .header("x-original-method", "DELETE")
        .bearer(&acting.key.token);
    let response = request.send(scene.world.address).await;
    assert_eq!(response.status, 200, "{}", response.text());
    let name = response.header("x-answerable-actor-name").expect("a name");
    assert_eq!(name, "Zo%C3%AB 100%25 %F0%9F%A6%80");
}

#[tokio::test]
async fn a_batch_has_bounds_and_is_decided_item_by_item() {
    let scene = Scene::set(World::shared().await).await;
    let ask = |tool: &str| {
        check_body(&Ask { credential: &scene.acting.key.token, server: &scene.server, tool, arguments: None })
    };
    let batch = async |items: Value| scene.world.ask("/v1/check/batch", &json!({"items": items})).await;
    let full = batch(Value::Array(vec![ask("whoami"); 1000])).await;
    assert_eq!(full.status, 200, "{}", full.text());
    let answered = full.json()["items"].as_array().expect("items").clone();
    assert!(answered.len() == 1000 && answered.iter().all(|answer| reason(answer) == "allow"));
    assert_eq!(problem(&batch(Value::Array(vec![ask("whoami"); 1001])).await), (400, "malformed".to_owned()));
    assert_eq!(batch(json!([])).await.json()["items"], json!([]));

    // Items that differ only a little are different questions; a broken one is denied for itself.
    let mixed =
        batch(json!([ask("whoami"), ask("create_note"), {"server": 7}, ask("transfer"), ask("whoami")]))
            .await;
    let mixed = mixed.json()["items"].as_array().expect("items").clone();
    let reasons: Vec<&str> = mixed.iter().map(reason).collect();
    assert_eq!(reasons, ["allow", "not_granted", "malformed", "arguments_missing", "allow"]);
    assert!(mixed[2]["errors"].as_array().is_some_and(|errors| !errors.is_empty()), "{}", mixed[2]);
    let kept = scene.world.decision(&text(&mixed[2], "decision_id")).await;
    assert_eq!(kept["reason"], "malformed", "also what could not be understood is recorded");
}

#[tokio::test]
async fn limits_that_no_page_has_are_refused() {
    let world = World::shared().await;
    for noun in [
        "agents",
        "keys",
        "members",
        "workspaces",
        "servers",
        "roles",
        "robots",
        "gateways",
        "decisions",
        "audit",
    ] {
        for limit in ["0", "-1", "1001", "99999999999999999999999", "ten", "1e3", ""] {
            let response = world.manage("GET", &format!("{noun}?limit={limit}"), None).await;
            let (status, _) = problem(&response);
            assert_eq!(status, 400, "{noun}?limit={limit}: {}", response.text());
        }
        for after in ["nobody", "%00", "%ff%fe", "'%20or%201=1--"] {
            let response = world.manage("GET", &format!("{noun}?after={after}"), None).await;
            assert_eq!(response.status, 400, "{noun}?after={after}: {}", response.text());
        }
    }
}

#[tokio::test]
async fn numbers_beyond_sense_are_told_with_their_field() {
    let scene = Scene::set(World::shared().await).await;
    let key = &scene.acting.key.id;
    for (path, body, field) in [
        (format!("keys/{key}/rotate"), json!({"grace_seconds": -1}), "grace_seconds"),
        (format!("keys/{key}/rotate"), json!({"grace_seconds": i64::MAX}), "grace_seconds"),
        (format!("keys/{key}/rotate"), json!({"grace_seconds": 2_592_001}), "grace_seconds"),
        (format!("keys/{key}/rotate"), json!({"expires_at": "tomorrow"}), "expires_at"),
        ("keys".to_owned(), json!({"name": "x", "agent": "me"}), "agent"),
        ("agents".to_owned(), json!({"name": "x", "scope": [{"tools": ""}]}), "scope"),
        ("agents".to_owned(), json!({"name": "x", "scope": [{"server": "nowhere", "tools": "*"}]}), "scope"),
        (
            "servers".to_owned(),
            json!({"slug": "Not A Slug", "name": "x", "credential_mode": "shared", "identity_mode": "agent"}),
            "slug",
        ),
        (
            "servers".to_owned(),
            json!({"slug": unique("s"), "credential_mode": "free", "identity_mode": "agent"}),
            "credential_mode",
        ),
    ] {
        let response = scene.world.manage("POST", &path, Some(&body)).await;
        assert!(
            matches!(response.status, 400 | 409),
            "{path} {body}: {} {}",
            response.status,
            response.text()
        );
        assert!(response.text().contains(field), "{path} {body}: {}", response.text());
    }
}

#[tokio::test]
async fn addresses_that_are_none_are_answered_plainly() {
    let world = World::shared().await;
    for path in
        ["/v1", "/v1/check/", "/v1/orgs/%2e%2e/agents", "/v1/orgs/../../etc/passwd", "/v1/nothing", "//"]
    {
        let response = Request::get(path).bearer(&world.api_key).send(world.address).await;
        assert!(matches!(response.status, 404 | 405), "{path}: {}", response.status);
        assert!(
            !response.text().contains("panic") && !response.text().contains("src/"),
            "{}",
            response.text()
        );
    }
    for method in ["DELETE", "PUT", "BREW"] {
        let response = Request::new(method, "/v1/check").bearer(&world.gateway_key).send(world.address).await;
        assert_eq!(response.status, 405, "{method}");
    }
    let long = Request::get(&format!("/v1/orgs/{}", "x".repeat(200_000))).send(world.address).await;
    assert!((400..500).contains(&long.status), "{}", long.status);
}
