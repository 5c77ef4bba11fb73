//! MCP messages that are none, or that say one thing in their headers and another in their body.

use serde_json::{Value, json};
use testkit::http::{Request, Response};

use crate::world::{Scene, World};

/// A question of a proxy that shows the body.
fn question(scene: &Scene<'_>, dialect: &str, headers: &[(&str, &str)], body: &str) -> Request {
    let path = match dialect {
        "envoy" => format!("/v1/envoy/{}/mcp", scene.server),
        _ => format!("/v1/forward-auth/{}", scene.server),
    };
    let mut request = Request::new("POST", &path)
        .header("x-answerable-gateway", &scene.world.gateway_key)
        .bearer(&scene.acting.key.token)
        .header("content-type", "application/json")
        .body(body);
    for (name, value) in headers {
        request = request.header(name, value);
    }
    request
}

/// The refusal in it, in the form that an agent reads.
#[track_caller]
fn refusal(response: &Response) -> (u16, String, i64) {
    let document = response.json();
    assert_eq!(document["jsonrpc"], "2.0", "{document}");
    let reason = document["error"]["data"]["reason"].as_str().unwrap_or_default();
    assert_eq!(response.header("x-answerable-reason"), Some(reason), "{document}");
    let code = document["error"]["code"].as_i64().unwrap_or_default();
    (response.status, reason.to_owned(), code)
}

const CALL: &str =
    r#"{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"search_notes","arguments":{}}}"#;

#[tokio::test]
async fn what_is_no_single_message_is_refused() {
    let scene = Scene::set(World::shared().await).await;
    let cases = [
        ("a batch", format!("[{CALL}]"), "malformed"),
        ("an empty batch", "[]".to_owned(), "malformed"),
        ("a text", "\"tools/call\"".to_owned(), "malformed"),
        ("cut off", CALL[..40].to_owned(), "malformed"),
        ("a repeated method", CALL.replace("\"id\":7", r#""method":"tools/list""#), "malformed"),
        ("a repeated name", CALL.replace("\"arguments\":{}", r#""name":"delete_note""#), "malformed"),
        ("a name in other case", CALL.replace("\"arguments\":{}", r#""Name":"delete_note""#), "malformed"),
        ("no JSON-RPC", CALL.replace("\"2.0\"", "\"1.0\""), "malformed"),
        ("no name", CALL.replace("\"name\":\"search_notes\",", ""), "malformed"),
        ("arguments that are a list", CALL.replace("\"arguments\":{}", "\"arguments\":[]"), "malformed"),
        ("an unknown method", CALL.replace("tools/call", "tools/run"), "method_unknown"),
        ("a method in other case", CALL.replace("tools/call", "Tools/Call"), "method_unknown"),
        ("a resource", CALL.replace("tools/call", "resources/read"), "method_unknown"),
    ];
    for dialect in ["envoy", "forward-auth"] {
        for (what, body, expected) in &cases {
            let response = question(&scene, dialect, &[], body).send(scene.world.address).await;
            let (status, reason, code) = refusal(&response);
            assert_eq!((status, reason.as_str(), code), (403, *expected, -32001), "{dialect}: {what}");
        }
        let response = question(&scene, dialect, &[], CALL).send(scene.world.address).await;
        assert_eq!(response.status, 200, "{dialect}: the call they are made of: {}", response.text());
    }
}

/// What is shown, the headers that mirror the message, and the status.
type Mirrored<'a> = (&'a str, &'a [(&'a str, &'a str)], u16);

#[tokio::test]
async fn headers_that_contradict_the_message_are_refused() {
    let scene = Scene::set(World::shared().await).await;
    let version = ("mcp-protocol-version", "2026-07-28");
    let call = ("mcp-method", "tools/call");
    let cases: [Mirrored<'_>; 8] = [
        ("the same", &[version, call, ("mcp-name", "search_notes")], 200),
        ("the same in base64", &[version, call, ("mcp-name", "=?base64?c2VhcmNoX25vdGVz?=")], 200),
        ("another tool", &[version, call, ("mcp-name", "whoami")], 403),
        ("another case", &[version, call, ("mcp-name", "Search_Notes")], 403),
        ("another method", &[version, ("mcp-method", "tools/list")], 403),
        ("two names", &[version, call, ("mcp-name", "search_notes"), ("mcp-name", "whoami")], 403),
        ("broken base64", &[version, call, ("mcp-name", "=?base64?c2Vhcm?=")], 403),
        // Nobody compares them in older versions, so there they say nothing and the body alone counts.
        (
            "another tool in an older version",
            &[("mcp-protocol-version", "2025-11-25"), ("mcp-name", "x")],
            200,
        ),
    ];
    for dialect in ["envoy", "forward-auth"] {
        for (what, headers, expected) in cases {
            let response = question(&scene, dialect, headers, CALL).send(scene.world.address).await;
            assert_eq!(response.status, expected, "{dialect}: {what}: {}", response.text());
            if expected == 403 {
                let (_, reason, code) = refusal(&response);
                assert_eq!((reason.as_str(), code), ("malformed", -32020), "{dialect}: {what}");
            }
        }
    }
}

/// A part of a body is not a message: what the rest says is not known.
#[tokio::test]
async fn a_part_of_a_body_is_not_trusted() {
    let scene = Scene::set(World::shared().await).await;
    let headers = [("x-envoy-auth-partial-body", "true")];
    let response = question(&scene, "envoy", &headers, CALL).send(scene.world.address).await;
    let (status, reason, _) = refusal(&response);
    assert_eq!((status, reason.as_str()), (403, "tool_unseen"));
}

#[tokio::test]
async fn methods_of_our_own_endpoint_are_as_exact() {
    let scene = Scene::set(World::shared().await).await;
    let ask = |method: &str| json!({"credential": scene.acting.key.token, "server": scene.server, "method": method});
    for (method, expected) in [
        ("tools/list", "allow"),
        ("initialize", "allow"),
        ("notifications/initialized", "allow"),
        ("tools/List", "method_unknown"),
        ("sampling/createMessage", "method_unknown"),
        ("resources/read", "method_unknown"),
    ] {
        let answer = scene.world.check_raw(&ask(method)).await;
        assert_eq!(crate::world::reason(&answer), expected, "{method}");
    }
    let unnamed = scene.world.ask("/v1/check", &ask("tools/call")).await;
    assert_eq!(super::problem(&unnamed), (400, "malformed".to_owned()));
    assert_eq!(unnamed.json()["errors"][0]["field"], "tool", "{}", unnamed.text());
}

/// Whatever a client writes into a header that only a gateway may set, it changes nothing.
#[tokio::test]
async fn a_gateway_is_known_by_its_key_alone() {
    let scene = Scene::set(World::shared().await).await;
    let path = format!("/v1/forward-auth/{}", scene.server);
    let mut other = scene.world.gateway_key.clone();
    other.replace_range(9..10, if &other[9..10] == "x" { "y" } else { "x" });
    for key in [None, Some(""), Some("ans_gk_x"), Some(&*other), Some(&*scene.acting.key.token)] {
        let mut request =
            Request::get(&path).bearer(&scene.acting.key.token).header("x-original-method", "DELETE");
        if let Some(key) = key {
            request = request.header("x-answerable-gateway", key);
        }
        let response = request.send(scene.world.address).await;
        assert_eq!(super::problem(&response), (401, "unauthorized".to_owned()), "{key:?}");
        assert!(response.header("www-authenticate").is_some(), "{key:?}");
    }
    let twice = Request::get(&path)
        .bearer(&scene.acting.key.token)
        .header("x-answerable-gateway", &scene.world.gateway_key)
        .header("x-answerable-gateway", "ans_gk_other");
    assert_eq!(twice.send(scene.world.address).await.status, 401);
    let check = Request::post("/v1/check", &Value::Null).bearer(&scene.acting.key.token);
    assert_eq!(check.send(scene.world.address).await.status, 401, "an agent is no gateway");
}
