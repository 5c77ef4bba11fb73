//! Requests that are sent twice, and edits that were made on what is no longer there.

use serde_json::{Value, json};
use testkit::http::{Request, Response};

use crate::world::{Scene, World, text, unique};

async fn send(world: &World, method: &str, rest: &str, header: (&str, &str), body: &Value) -> Response {
    let request = Request::new(method, &world.path(rest)).bearer(&world.api_key).json(body);
    request.header(header.0, header.1).send(world.address).await
}

#[tokio::test]
async fn a_request_that_is_sent_twice_is_done_once() {
    let world = World::shared().await;
    let scene = Scene::set(world).await;
    let name = unique("once");
    let key = ("Idempotency-Key", name.as_str());
    let body = json!({"name": name, "agent": scene.acting.agent});
    let first = send(world, "POST", "keys", key, &body).await;
    let second = send(world, "POST", "keys", key, &body).await;
    assert_eq!((first.status, second.status), (201, 201), "{}", second.text());
    let (made, told) = (first.json(), second.json());
    assert_eq!((&made["id"], second.header("idempotent-replayed")), (&told["id"], Some("true")));
    let token = text(&made, "token");
    assert!(!second.text().contains(&token), "a secret is shown once: {told}");
    assert_eq!(
        world.list(&format!("keys?agent={}", scene.acting.agent)).await.len(),
        2,
        "the first and this one"
    );

    let other_body =
        send(world, "POST", "keys", key, &json!({"name": "other", "agent": scene.acting.agent})).await;
    assert_eq!(super::problem(&other_body), (422, "idempotency_key_reused".to_owned()));
    // What was refused is not remembered: mended, it may be sent again under its name.
    let mended = unique("mended");
    let mended_key = ("Idempotency-Key", mended.as_str());
    assert_eq!(send(world, "POST", "roles", mended_key, &json!({"name": ""})).await.status, 400);
    assert_eq!(send(world, "POST", "roles", mended_key, &json!({"name": mended})).await.status, 201);
    for wrong in ["", &"x".repeat(201)] {
        assert_eq!(
            send(world, "POST", "roles", ("Idempotency-Key", wrong), &json!({"name": "x"})).await.status,
            400
        );
    }
}

/// The same key and an equal body, on two different things, are two requests.
#[tokio::test]
async fn a_repetition_is_never_the_answer_about_another_thing() {
    let world = World::shared().await;
    let scene = Scene::set(world).await;
    let second = world.key("agent", &scene.acting.agent).await;
    let name = unique("rotation");
    let rotate = async |id: &str| {
        send(world, "POST", &format!("keys/{id}/rotate"), ("Idempotency-Key", &name), &json!({})).await
    };
    let first = rotate(&scene.acting.key.id).await;
    assert_eq!(first.status, 201, "{}", first.text());
    let other = rotate(&second.id).await;
    assert_eq!(super::problem(&other), (422, "idempotency_key_reused".to_owned()));
    assert_eq!(world.get(&format!("keys/{}", second.id)).await["state"], "live");
}

#[tokio::test]
async fn two_that_arrive_together_are_not_both_done() {
    let world = World::shared().await;
    let name = unique("together");
    let key = ("Idempotency-Key", name.as_str());
    let body = json!({"name": name});
    let all = [(); 4].map(|()| send(world, "POST", "robots", key, &body));
    let [a, b, c, d] = all;
    let answers = tokio::join!(a, b, c, d);
    let answers: [Response; 4] = answers.into();
    for answer in &answers {
        assert!(matches!(answer.status, 201 | 409), "{} {}", answer.status, answer.text());
    }
    let robots = world.list("robots").await;
    assert_eq!(robots.iter().filter(|robot| robot["name"] == json!(name)).count(), 1);
}

#[tokio::test]
async fn an_edit_of_what_is_no_longer_there_is_refused() {
    let world = World::shared().await;
    let scene = Scene::set(world).await;
    let path = format!("agents/{}", scene.acting.agent);
    let version = text(&world.get(&path).await, "version");
    let edit = async |version: &str, name: &str| {
        send(world, "PATCH", &path, ("If-Match", version), &json!({"name": name})).await
    };
    let first = edit(&format!("\"{version}\""), &unique("First")).await;
    assert_eq!(first.status, 200, "{}", first.text());
    let late = edit(&format!("\"{version}\""), "Late").await;
    assert_eq!(super::problem(&late), (412, "precondition_failed".to_owned()));
    let tag = first.header("etag").expect("an entity tag").to_owned();
    assert_eq!(tag, format!("\"{}\"", text(&world.get(&path).await, "version")));
    assert_eq!(edit(&tag, &unique("Second")).await.status, 200);
}
