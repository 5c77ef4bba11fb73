//! Both generations against a server that misbehaves as told; real servers are asked by the workspace's tests.

use serde_json::{Value, json};

use super::sse::EventParser;
use super::{Listing, McpError, list_tools};
use crate::EgressError;
use crate::testing::{Received, Step, TestServer, answer, json as json_answer};

fn request(received: &Received) -> Value {
    serde_json::from_str(&received.body).unwrap_or_default()
}

fn result(received: &Received, result: &Value) -> Vec<Step> {
    json_answer(&json!({"jsonrpc": "2.0", "id": request(received)["id"], "result": result}).to_string())
}

fn error(received: &Received, status: &str, error: &Value) -> Vec<Step> {
    let body = json!({"jsonrpc": "2.0", "id": request(received)["id"], "error": error}).to_string();
    answer(status, "content-type: application/json\r\n", &body)
}

fn tool(name: &str) -> Value {
    json!({"name": name, "inputSchema": {"type": "object"}})
}

/// A stateless server, whose `tools/list` is `list`.
async fn stateless(list: impl Fn(&Received) -> Vec<Step> + Send + Sync + 'static) -> TestServer {
    TestServer::start(move |received| match request(received)["method"].as_str() {
        Some("server/discover") => result(
            received,
            &json!({
                "resultType": "complete", "supportedVersions": ["2026-07-28"], "capabilities": {"tools": {}},
                "_meta": {"io.modelcontextprotocol/serverInfo": {"name": "modern", "version": "2"}},
            }),
        ),
        Some("tools/list") => list(received),
        _ => answer("404 Not Found", "", ""),
    })
    .await
}

/// A server of the older generation that answers `server/discover` with `unknown`.
async fn handshake(version: &'static str, unknown: fn(&Received) -> Vec<Step>) -> TestServer {
    TestServer::start(move |received| match request(received)["method"].as_str() {
        Some("initialize") => {
            let body = json!({"jsonrpc": "2.0", "id": request(received)["id"], "result": {
                "protocolVersion": version, "capabilities": {}, "serverInfo": {"name": "old", "version": "1"},
            }});
            answer("200 OK", "content-type: application/json\r\nmcp-session-id: s-1\r\n", &body.to_string())
        }
        Some("notifications/initialized") => answer("202 Accepted", "", ""),
        Some("tools/list") => result(received, &json!({"tools": [tool("read")]})),
        Some(_) => unknown(received),
        None => answer("405 Method Not Allowed", "", ""),
    })
    .await
}

async fn list(server: &TestServer) -> Result<Listing, McpError> {
    list_tools(&server.egress(), &server.url("/mcp"), Some("secret")).await
}

fn names(listing: &Listing) -> Vec<&str> {
    listing.tools.iter().map(|tool| tool.name.as_str()).collect()
}

#[tokio::test]
async fn a_stateless_server_is_asked_twice_with_everything_in_each_request() {
    let full = json!({
        "name": "read", "title": "Read", "description": "Reads.", "inputSchema": {"type": "object"},
        "annotations": {"readOnlyHint": true}, "x-future": [1],
    });
    let listed = full.clone();
    let server = stateless(move |received| {
        result(received, &json!({"resultType": "complete", "ttlMs": 0, "tools": [listed]}))
    })
    .await;
    let listing = list(&server).await.unwrap();
    assert_eq!(listing.protocol_version, "2026-07-28");
    assert_eq!(
        (listing.server_name.as_deref(), listing.server_version.as_deref()),
        (Some("modern"), Some("2"))
    );
    let tool = &listing.tools[0];
    assert_eq!((tool.title.as_deref(), tool.description.as_deref()), (Some("Read"), Some("Reads.")));
    assert_eq!(tool.annotations, Some(json!({"readOnlyHint": true})));
    assert_eq!((&tool.input_schema, &tool.raw), (&json!({"type": "object"}), &full));

    let received = server.received();
    assert_eq!(received.len(), 2);
    for (received, method) in received.iter().zip(["server/discover", "tools/list"]) {
        assert_eq!(received.header("mcp-protocol-version"), Some("2026-07-28"));
        assert_eq!(received.header("mcp-method"), Some(method));
        assert_eq!(received.header("mcp-session-id"), None);
        assert_eq!(received.header("accept"), Some("application/json, text/event-stream"));
        assert_eq!(received.header("authorization"), Some("bearer secret"));
        let meta = &request(received)["params"]["_meta"];
        assert_eq!(meta["io.modelcontextprotocol/protocolVersion"], "2026-07-28");
        assert_eq!(meta["io.modelcontextprotocol/clientInfo"]["name"], "answerable");
        assert!(meta["io.modelcontextprotocol/clientCapabilities"].is_object());
    }
}

#[tokio::test]
async fn older_servers_are_shaken_hands_with_however_they_refuse_to_be_discovered() {
    let refusals: [fn(&Received) -> Vec<Step>; 7] = [
        |_| answer("400 Bad Request", "", "no session"),
        |_| answer("404 Not Found", "content-type: text/html\r\n", "<html>"),
        |_| answer("500 Oops", "", ""),
        |_| answer("202 Accepted", "", ""),
        |received| error(received, "200 OK", &json!({"code": -32601, "message": "Method not found"})),
        |received| {
            error(
                received,
                "400 Bad Request",
                &json!({"code": -32022, "message": "", "data": {"supported": ["2025-11-25"]}}),
            )
        },
        |received| result(received, &json!({"supportedVersions": ["2025-11-25"]})),
    ];
    for (case, refusal) in refusals.into_iter().enumerate() {
        let server = handshake("2025-06-18", refusal).await;
        let listing = list(&server).await.unwrap();
        assert_eq!(
            (listing.protocol_version.as_str(), names(&listing)),
            ("2025-06-18", vec!["read"]),
            "{case}"
        );
        assert_eq!(listing.server_name.as_deref(), Some("old"));

        let received = server.received();
        let heads: Vec<&str> =
            received.iter().map(|request| request.head.split(' ').next().unwrap()).collect();
        assert_eq!(heads, ["post", "post", "post", "post", "delete"], "{case}");
        let session: Vec<Option<&str>> =
            received.iter().map(|request| request.header("mcp-session-id")).collect();
        assert_eq!(session, [None, None, Some("s-1"), Some("s-1"), Some("s-1")], "{case}");
        let version: Vec<_> = received.iter().map(|request| request.header("mcp-protocol-version")).collect();
        let spoken = Some("2025-06-18");
        assert_eq!(version, [Some("2026-07-28"), None, spoken, spoken, spoken], "{case}");
        assert!(received[1..].iter().all(|request| request.header("mcp-method").is_none()), "{case}");
        assert_eq!(request(&received[1])["params"]["protocolVersion"], "2025-11-25");
    }
}

#[tokio::test]
async fn errors_that_say_nothing_of_the_generation_end_the_import() {
    let locked = TestServer::start(|_| answer("401 Unauthorized", "", "")).await;
    assert_eq!(list(&locked).await, Err(McpError::Unauthorized));
    let moved = TestServer::start(|_| answer("307 Moved", "location: /\r\n", "")).await;
    assert_eq!(list(&moved).await, Err(McpError::Egress(EgressError::Redirected)));
    let newer = TestServer::start(|received| {
        error(received, "400 Bad Request", &json!({"code": -32022, "data": {"supported": ["2031-01-01"]}}))
    })
    .await;
    assert_eq!(list(&newer).await, Err(McpError::UnsupportedVersion));
    for server in [&locked, &moved, &newer] {
        assert_eq!(server.received().len(), 1);
    }
    let unknown = handshake("2031-01-01", |_| answer("404 Not Found", "", "")).await;
    assert_eq!(list(&unknown).await, Err(McpError::UnsupportedVersion));
    assert!(unknown.received().last().unwrap().head.starts_with("delete "), "the session must be ended");
    let broken = TestServer::start(|_| answer("503 Unavailable", "", "")).await;
    assert_eq!(list(&broken).await, Err(McpError::Status(503)));
}

#[tokio::test]
async fn answers_come_from_among_other_messages_of_a_stream_left_open() {
    let server = stateless(|received| {
        let id = request(received)["id"].clone();
        let done = json!({"jsonrpc": "2.0", "id": id, "result": {"tools": [tool("read")]}});
        let other = json!({"jsonrpc": "2.0", "id": 999, "result": {"tools": [tool("other")]}});
        let ping = json!({"jsonrpc": "2.0", "id": id, "method": "ping"});
        let head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream; charset=utf-8\r\n\r\n";
        let events = format!(
            ": hello\nid: 0\ndata:\n\ndata: {ping}\n\nevent: noise\ndata: nonsense\n\ndata: {other}\r\n\r\n"
        );
        vec![
            Step::Send(format!("{head}{events}")),
            Step::Send(format!("event: message\ndata: {done}\n\n")),
            Step::Hold,
        ]
    })
    .await;
    assert_eq!(names(&list(&server).await.unwrap()), ["read"]);
}

#[tokio::test]
async fn malformed_answers_are_named() {
    let cases = [
        ("not json", "not JSON"),
        ("[]", "not a JSON-RPC message"),
        (r#"{"id":2}"#, "neither a result nor an error"),
        (r#"{"id":2,"result":[]}"#, "neither a result nor an error"),
        (r#"{"id":2,"result":{}}"#, "`tools/list` has no list of tools"),
        (r#"{"id":2,"result":{"tools":{}}}"#, "`tools/list` has no list of tools"),
        (r#"{"id":2,"result":{"tools":[1]}}"#, "a tool has no name"),
        (r#"{"id":2,"result":{"tools":[{"name":"","inputSchema":{}}]}}"#, "a tool has no name"),
        (r#"{"id":2,"result":{"tools":[{"name":"a"}]}}"#, "a tool has no input schema"),
        (r#"{"id":2,"result":{"tools":[{"name":"a","inputSchema":true}]}}"#, "a tool has no input schema"),
        (
            r#"{"id":2,"result":{"tools":[{"name":"a","inputSchema":{}},{"name":"a","inputSchema":{}}]}}"#,
            "two tools have the same name",
        ),
        (r#"{"id":2,"result":{"tools":[],"nextCursor":1}}"#, "`nextCursor` is not a string"),
        (r#"{"id":2,"result":{"tools":[],"resultType":"input_required"}}"#, "`tools/list` does not complete"),
    ];
    for (body, expected) in cases {
        let server = stateless(move |_| json_answer(body)).await;
        assert_eq!(list(&server).await, Err(McpError::Malformed(expected)), "{body}");
    }
    let elsewhere = stateless(|_| json_answer(r#"{"id":77,"result":{"tools":[]}}"#)).await;
    assert_eq!(list(&elsewhere).await, Err(McpError::NoAnswer));
    let cut =
        stateless(|_| answer("200 OK", "content-type: text/event-stream\r\n", "data: {\"id\":2,")).await;
    assert_eq!(list(&cut).await, Err(McpError::NoAnswer));
    let refusing = stateless(|received| {
        let message = format!("no\u{1b}[31m{}", "x".repeat(500));
        error(received, "200 OK", &json!({"code": -32001, "message": message}))
    })
    .await;
    let message = format!("no[31m{}", "x".repeat(194));
    assert_eq!(list(&refusing).await, Err(McpError::Refused { code: -32001, message }));
}

#[tokio::test]
async fn pages_are_followed_within_bounds() {
    let server = stateless(|received| {
        let page = match request(received)["params"]["cursor"].as_str() {
            None => json!({"tools": [tool("a"), tool("b")], "nextCursor": "two"}),
            Some("two") => json!({"tools": [], "nextCursor": "three"}),
            Some(_) => json!({"tools": [tool("c")], "nextCursor": null}),
        };
        result(received, &page)
    })
    .await;
    assert_eq!(names(&list(&server).await.unwrap()), ["a", "b", "c"]);
    assert_eq!(request(&server.received()[3])["params"]["cursor"], "three");

    let circle = stateless(|received| result(received, &json!({"tools": [], "nextCursor": "again"}))).await;
    let expected = McpError::Malformed("the pages of `tools/list` go in a circle");
    assert_eq!(list(&circle).await, Err(expected));

    let endless = stateless(|received| {
        let next = request(received)["id"].to_string();
        result(received, &json!({"tools": [], "nextCursor": next}))
    })
    .await;
    assert_eq!(list(&endless).await, Err(McpError::TooMuch("pages")));
    assert_eq!(endless.received().len(), 1 + 100);
}

#[tokio::test]
async fn tools_and_bytes_are_bounded() {
    let of = |count: usize| (0..count).map(|number| tool(&number.to_string())).collect::<Vec<_>>();
    for (count, expected) in [(5_000, Ok(5_000)), (5_001, Err(McpError::TooMuch("tools")))] {
        let tools = of(count);
        let server = stateless(move |received| result(received, &json!({"tools": tools}))).await;
        assert_eq!(list(&server).await.map(|listing| listing.tools.len()), expected);
    }
    let long = "x".repeat(1 << 20);
    let oversized = stateless(move |received| result(received, &json!({"tools": [], "long": long}))).await;
    assert_eq!(list(&oversized).await, Err(McpError::Egress(EgressError::BodyTooLarge)));
    let long = "x".repeat(1 << 19);
    let many = stateless(move |received| {
        let next = request(received)["id"].to_string();
        result(received, &json!({"tools": [], "long": long, "nextCursor": next}))
    })
    .await;
    assert_eq!(list(&many).await, Err(McpError::TooMuch("bytes")));
    assert!(many.received().len() < 20);
}

/// The same stream cut at every place and byte by byte must give the same events.
#[test]
fn events_do_not_depend_on_how_the_stream_is_cut() {
    let stream = "\u{feff}data: one\n\n\
         : comment\ndata:two\ndata:  lines\n\n\
         event: message\r\ndata: crlf\r\n\r\n\
         data: cr\r\r\
         event: other\ndata: not ours\n\n\
         id: 7\nretry: 10\n\n\
         data\n\n\
         nocolon\ndata: ä\n\n\
         data: unfinished\n";
    let expected = ["one", "two\n lines", "crlf", "cr", "ä"];
    let parse = |pieces: &[&[u8]]| {
        let mut parser = EventParser::default();
        let events: Vec<Vec<u8>> = pieces.iter().flat_map(|piece| parser.push(piece)).collect();
        events.into_iter().map(|event| String::from_utf8(event).unwrap()).collect::<Vec<_>>()
    };
    let bytes = stream.as_bytes();
    for cut in 0..=bytes.len() {
        assert_eq!(parse(&[&bytes[..cut], &bytes[cut..]]), expected, "cut at {cut}");
    }
    let single: Vec<&[u8]> = bytes.chunks(1).collect();
    assert_eq!(parse(&single), expected);
}
