//! Bodies that are no JSON, that can be read in two ways, that are too large, or that never come.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use testkit::http::{Connection, Request, Response};

use super::problem;
use crate::scim::session::directory_key;
use crate::world::{Ask, Scene, World, check_body, reason};

/// Longer than a body is waited for, and much shorter than a hang.
const IN_TIME: Duration = Duration::from_secs(10);

/// The addresses that take JSON of our own making, with the key that each wants.
fn own_endpoints(world: &World) -> Vec<(String, &str)> {
    let asking = ["/v1/check", "/v1/check/batch", "/v1/tools/visible"].map(str::to_owned);
    let asking = asking.into_iter().map(|path| (path, world.gateway_key.as_str()));
    let managing =
        ["agents", "keys", "roles", "members"].map(|noun| (world.path(noun), world.api_key.as_str()));
    asking.chain(managing).collect()
}

fn post(path: &str, key: &str, body: &[u8]) -> Request {
    Request::new("POST", path).bearer(key).header("content-type", "application/json").body(body)
}

#[tokio::test]
async fn what_is_not_one_json_document_is_refused_everywhere() {
    let world = World::shared().await;
    let deep = format!("{}{}", "[".repeat(500), "]".repeat(500));
    let cases: [(&str, &[u8]); 9] = [
        ("cut off", br#"{"name":"#),
        ("no JSON", b"name=agent"),
        ("two documents", br"{}{}"),
        ("a repeated key", br#"{"name":"a","name":"b"}"#),
        ("a repeated key inside", br#"{"x":{"name":"a","name":"b"}}"#),
        ("no UTF-8", b"{\"name\":\"\xff\xfe\"}"),
        ("half a surrogate", br#"{"name":"\ud800"}"#),
        ("a number beyond all bounds", br#"{"name":1e999}"#),
        ("too deep", deep.as_bytes()),
    ];
    for (path, key) in own_endpoints(world) {
        for (what, body) in cases {
            let response = post(&path, key, body).send(world.address).await;
            assert_eq!(problem(&response), (400, "malformed".to_owned()), "{path}: {what}");
        }
    }
}

#[tokio::test]
async fn what_is_not_json_by_its_own_word_is_not_read() {
    let world = World::shared().await;
    for (path, key) in own_endpoints(world) {
        for kind in ["text/plain", "application/x-www-form-urlencoded"] {
            let request = Request::new("POST", &path).bearer(key).header("content-type", kind).body("{}");
            let response = request.send(world.address).await;
            assert_eq!(problem(&response), (415, "unsupported_media_type".to_owned()), "{path}: {kind}");
        }
    }
}

#[tokio::test]
async fn unknown_fields_are_named() {
    let world = World::shared().await;
    for (path, key) in own_endpoints(world) {
        let response = post(&path, key, br#"{"name":"x","surprise":1}"#).send(world.address).await;
        let (status, code) = problem(&response);
        assert!(
            status == 400 && matches!(code.as_str(), "malformed" | "invalid"),
            "{path}: {}",
            response.text()
        );
        let errors = response.json()["errors"].to_string();
        assert!(errors.contains("surprise"), "{path}: {}", response.text());
    }
}

#[tokio::test]
async fn a_body_beyond_the_limit_is_refused_announced_or_not() {
    let scene = Scene::set(World::shared().await).await;
    let world = scene.world;
    for (path, key) in own_endpoints(world) {
        let announced = format!(
            "POST {path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {key}\r\ncontent-type: application/json\r\n\
             content-length: 1099511627776\r\n\r\n{{"
        );
        let response = raw(world, announced.as_bytes()).await;
        assert_eq!(problem(&response), (413, "too_large".to_owned()), "{path}: announced");
    }
    // Sent in chunks, so that only counting shows it: more than any limit there is, read at most up to the limit.
    let mut connection = Connection::open(world.address).await.expect("a connection");
    let head = format!(
        "POST /v1/check HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {}\r\ncontent-type: application/json\r\n\
         transfer-encoding: chunked\r\n\r\n",
        world.gateway_key
    );
    connection.send(head.as_bytes()).await.expect("a head is taken");
    let chunk = format!("10000\r\n{}\r\n", " ".repeat(0x1_0000));
    let mut sent = 0;
    // 16 MiB at most; the server stops reading earlier, which ends the sending.
    while sent < 256 && connection.send(chunk.as_bytes()).await.is_ok() {
        sent += 1;
    }
    if let Ok(response) = connection.receive(true).await {
        assert_eq!(problem(&response), (413, "too_large".to_owned()), "real");
    } else {
        assert!(sent < 256, "everything was taken and nothing answered");
    }
}

async fn raw(world: &World, bytes: &[u8]) -> Response {
    let mut connection = Connection::open(world.address).await.expect("a connection");
    connection.send(bytes).await.expect("bytes are taken");
    connection.receive(true).await.expect("an answer")
}

#[tokio::test]
async fn a_body_that_never_comes_does_not_hold_the_caller() {
    let scene = Scene::set(World::shared().await).await;
    let world = scene.world;
    for path in ["/v1/check", "/v1/check/batch", "/v1/tools/visible", "/access/v1/evaluation"] {
        let head = format!(
            "POST {path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {}\r\ncontent-type: application/json\r\n\
             content-length: 40\r\n\r\n{{\"server\"",
            world.gateway_key
        );
        let begun = Instant::now();
        let response = raw(world, head.as_bytes()).await;
        assert!(matches!(response.status, 400 | 408), "{path}: {} {}", response.status, response.text());
        assert!(begun.elapsed() < IN_TIME, "{path}: {:?}", begun.elapsed());
    }
}

/// What begins to be sent with such a head, and never is.
fn never_sent(path: &str, kind: &str, more: &str) -> Vec<u8> {
    format!(
        "POST {path} HTTP/1.1\r\nhost: x\r\n{more}content-type: {kind}\r\ncontent-length: 40\r\n\r\n{{\"name\""
    )
    .into_bytes()
}

#[tokio::test]
async fn a_body_that_never_comes_holds_nobody_who_manages_or_reports() {
    let world = World::shared().await.neighbour().await;
    let organization = &world.organization;
    let bearer = |key: &str| format!("authorization: Bearer {key}\r\n");
    let (person, directory) = (bearer(&world.api_key), bearer(&directory_key(&world).await));
    let addresses = [
        (world.path("agents"), "application/json", person.as_str()),
        ("/v1/leaks".to_owned(), "application/json", ""),
        ("/scim/v2/Users".to_owned(), "application/scim+json", directory.as_str()),
        (format!("/t/{organization}/global-token-revocation"), "application/json", directory.as_str()),
        (
            "/sign-in".to_owned(),
            "application/x-www-form-urlencoded",
            "sec-fetch-site: same-origin\r\naccept: text/html\r\n",
        ),
    ];
    for (path, kind, more) in addresses {
        let begun = Instant::now();
        let response = raw(&world, &never_sent(&path, kind, more)).await;
        assert_eq!(response.status, 408, "{path}: {}", response.text());
        assert!(begun.elapsed() < IN_TIME, "{path}: {:?}", begun.elapsed());
        if kind == "application/json" {
            assert_eq!(problem(&response), (408, "timeout".to_owned()), "{path}");
        }
    }
}

/// nginx announces the client's body and sends none. The question is answered from what there is.
#[tokio::test]
async fn forward_auth_does_not_wait_for_a_body_that_was_only_announced() {
    let scene = Scene::set(World::shared().await).await;
    for (name, expected) in [("search_notes", 200), ("delete_note", 403)] {
        let head = format!(
            "GET /v1/forward-auth/{} HTTP/1.1\r\nhost: x\r\nx-answerable-gateway: {}\r\nauthorization: Bearer {}\r\n\
             x-original-method: POST\r\nmcp-protocol-version: 2026-07-28\r\nmcp-method: tools/call\r\n\
             mcp-name: {name}\r\ncontent-length: 5000\r\n\r\n",
            scene.server, scene.world.gateway_key, scene.acting.key.token
        );
        let begun = Instant::now();
        let response = raw(scene.world, head.as_bytes()).await;
        assert_eq!(response.status, expected, "{name}: {}", response.text());
        assert!(begun.elapsed() < Duration::from_secs(3), "{name}: {:?}", begun.elapsed());
    }
}

#[tokio::test]
async fn a_chunked_body_is_as_good_as_any() {
    let scene = Scene::set(World::shared().await).await;
    let call = json!({
        "jsonrpc": "2.0", "id": 7, "method": "tools/call",
        "params": {"name": "transfer", "arguments": {"to": "x", "amount": 100}},
    });
    let check = check_body(&Ask {
        credential: &scene.acting.key.token,
        server: &scene.server,
        tool: "transfer",
        arguments: Some(&json!({"to": "x", "amount": 100})),
    });
    let gateway = format!("x-answerable-gateway: {}\r\n", scene.world.gateway_key);
    let agent = format!("authorization: Bearer {}\r\n", scene.acting.key.token);
    let asking = format!("authorization: Bearer {}\r\n", scene.world.gateway_key);
    for (path, headers, body) in [
        ("/v1/check".to_owned(), asking, &check),
        (format!("/v1/forward-auth/{}", scene.server), format!("{gateway}{agent}"), &call),
        (format!("/v1/envoy/{}/mcp", scene.server), format!("{gateway}{agent}"), &call),
    ] {
        let response = raw(scene.world, &chunked(&path, &headers, body)).await;
        assert_eq!(response.status, 200, "{path}: {}", response.text());
        if path == "/v1/check" {
            assert_eq!(reason(&response.json()), "allow");
        }
    }
}

/// A request with its body in pieces of seven bytes.
fn chunked(path: &str, headers: &str, body: &Value) -> Vec<u8> {
    let mut bytes = format!(
        "POST {path} HTTP/1.1\r\nhost: x\r\n{headers}content-type: application/json\r\n\
         transfer-encoding: chunked\r\n\r\n"
    )
    .into_bytes();
    for piece in body.to_string().as_bytes().chunks(7) {
        bytes.extend_from_slice(format!("{:x}\r\n", piece.len()).as_bytes());
        bytes.extend_from_slice(piece);
        bytes.extend_from_slice(b"\r\n");
    }
    bytes.extend_from_slice(b"0\r\n\r\n");
    bytes
}

/// Two lengths, or a length and chunks, are read in two ways by two readers: one connection, two requests.
#[tokio::test]
async fn a_request_that_could_hide_another_is_refused() {
    let world = World::shared().await;
    for framing in [
        "content-length: 2\r\ncontent-length: 200\r\n",
        "content-length: 2\r\ntransfer-encoding: chunked\r\n",
        "transfer-encoding: gzip\r\n",
        "content-length: +2\r\n",
        "content-length: 2, 2\r\n",
    ] {
        let request = format!(
            "POST /v1/check HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {}\r\ncontent-type: application/json\r\n\
             {framing}\r\n{{}}",
            world.gateway_key
        );
        let mut connection = Connection::open(world.address).await.expect("a connection");
        connection.send(request.as_bytes()).await.expect("bytes are taken");
        let answered = connection.receive(true).await;
        assert!(
            answered.as_ref().map_or(true, |response| response.status >= 400),
            "{framing:?}: {answered:?}"
        );
    }
}
