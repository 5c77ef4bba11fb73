//! Each gateway, real, between the real client and a real server.

use serde_json::{Value, json};
use testkit::gateways::{ALL, Gateway, Wiring};
use testkit::http::Request;
use testkit::mcp::{Client, Everything, Notebook, header_values};

use crate::responder::{AGENT_KEY, GATEWAY_KEY, Responder};

/// What only Answerable may say, in the order of the responder.
const IDENTITY: [(&str, &str); 7] = [
    ("x-answerable-actor", "agent-1"),
    ("x-answerable-actor-kind", "agent"),
    ("x-answerable-actor-name", "Scribe"),
    ("x-answerable-owner", "user-1"),
    ("x-answerable-workspace", "platform"),
    ("x-answerable-run-id", "run-1"),
    ("x-answerable-decision-id", "decision-1"),
];

/// Runs a check on every gateway in turn, each in front of the same server and responder.
async fn on_each(mcp: std::net::SocketAddr, check: impl AsyncFn(&str, &Gateway, &Responder)) {
    for (name, start) in ALL {
        let responder = Responder::start();
        let wiring =
            Wiring { answerable: responder.address, mcp, server: "notebook", gateway_key: GATEWAY_KEY };
        let gateway = start(&wiring);
        check(name, &gateway, &responder).await;
    }
}

#[tokio::test]
async fn an_allowed_call_passes_with_who_acts_and_without_the_credential() {
    let server = Notebook::start();
    on_each(server.address, async |name, gateway, responder| {
        server.forget_seen();
        let order = json!({
            "url": gateway.url(), "token": AGENT_KEY, "do": "call", "name": "whoami",
            "headers": {"X-Answerable-Owner": "spoofed", "X-Answerable-On-Behalf-Of": "spoofed", "X-Run-Id": "run-7", "X-Real-IP": "203.0.113.9"},
        });
        let outcome = Client::start().perform(&order).await;
        assert!(outcome.is_success(), "{name}: {outcome:?}");

        let seen = server.seen();
        assert!(!seen.is_empty(), "{name}: nothing reached the server");
        for request in &seen {
            for (header, value) in IDENTITY {
                assert_eq!(header_values(request, header), [value], "{name}: {header}");
            }
            for header in ["authorization", "x-answerable-on-behalf-of", "x-answerable-gateway"] {
                assert!(header_values(request, header).is_empty(), "{name}: {header} got through: {request}");
            }
        }

        let questions = responder.questions();
        assert_eq!(questions.len(), seen.len(), "{name}: each request is a question");
        for question in &questions {
            assert_eq!(question.values("x-answerable-gateway"), [GATEWAY_KEY], "{name}");
            assert_eq!(question.values("x-run-id"), ["run-7"], "{name}");
            assert_eq!(question.values("x-real-ip"), ["127.0.0.1"], "{name}: {question:?}");
            check_dialect(name, question);
        }
        assert!(questions.iter().any(|question| question.values("mcp-name") == ["whoami"]), "{name}");
    })
    .await;
}

/// Each gateway asks in its own way; this is the way that the program's endpoints must understand.
fn check_dialect(name: &str, question: &crate::responder::Question) {
    let (path, original) = match name {
        "caddy" => ("/v1/forward-auth/notebook", Some(("x-forwarded-method", "x-forwarded-uri"))),
        "nginx" => ("/v1/forward-auth/notebook", Some(("x-original-method", "x-original-uri"))),
        _ => ("/v1/envoy/notebook/mcp", None),
    };
    assert_eq!(question.path, path, "{name}");
    if let Some((method, uri)) = original {
        assert_eq!(question.method, "GET", "{name}");
        assert_eq!(question.values(method), ["POST"], "{name}");
        assert_eq!(question.values(uri), ["/mcp"], "{name}");
        assert_eq!(question.body, "", "{name}: no body comes with the question");
    } else {
        assert_eq!(question.method, "POST", "{name}");
        let body: Value = serde_json::from_str(&question.body).expect("the body of the call");
        assert_eq!(body.get("jsonrpc"), Some(&json!("2.0")), "{name}");
    }
}

#[tokio::test]
async fn a_denial_reaches_the_agent_with_its_reason_and_the_server_not_at_all() {
    let server = Notebook::start();
    on_each(server.address, async |name, gateway, _| {
        server.forget_seen();
        let mut client = Client::start();
        let outcome = client.call(&gateway.url(), AGENT_KEY, "delete_note", json!({"title": "x"})).await;
        assert!(!outcome.is_success(), "{name}: {outcome:?}");
        assert!(outcome.error().contains("scope_denied"), "{name}: {outcome:?}");
        assert_eq!(outcome.code(), Some(-32001), "{name}: {outcome:?}");
        let calls =
            |request: &&Value| request["body"].as_str().is_some_and(|body| body.contains("delete_note"));
        assert_eq!(server.seen().iter().filter(calls).count(), 0, "{name}");
    })
    .await;
}

#[tokio::test]
async fn an_unknown_agent_is_challenged_and_a_failure_never_passes() {
    let server = Notebook::start();
    on_each(server.address, async |name, gateway, _| {
        server.forget_seen();
        let request = Request::post("/mcp", &json!({"jsonrpc": "2.0", "id": 1, "method": "tools/list"}));
        let answer = request.clone().bearer("unknown").send(gateway.address).await;
        assert_eq!(answer.status, 401, "{name}");
        assert_eq!(answer.header("www-authenticate"), Some("Bearer error=\"invalid_token\""), "{name}");
        assert_eq!(answer.json()["error"]["code"], -32001, "{name}");

        let answer = request.bearer(AGENT_KEY).header("mcp-name", "break").send(gateway.address).await;
        assert_eq!(answer.status, 503, "{name}: {}", answer.text());
        assert_eq!(server.seen().len(), 0, "{name}");
    })
    .await;
}

#[tokio::test]
async fn nothing_passes_when_nobody_answers() {
    let server = Notebook::start();
    // Nothing listens on a port that was only just free.
    let nobody = testkit::ports::loopback(testkit::ports::free());
    for (name, start) in ALL {
        let gateway = start(&Wiring {
            answerable: nobody,
            mcp: server.address,
            server: "notebook",
            gateway_key: GATEWAY_KEY,
        });
        let request = Request::post("/mcp", &json!({"jsonrpc": "2.0", "id": 1, "method": "tools/list"}));
        let answer = request.bearer(AGENT_KEY).send(gateway.address).await;
        assert!(answer.status >= 500, "{name}: {}", answer.status);
        assert_eq!(server.seen().len(), 0, "{name}");
    }
}

#[tokio::test]
async fn an_older_server_streams_through() {
    let server = Everything::start();
    on_each(server.address, async |name, gateway, responder| {
        let mut client = Client::start();
        let listed = client.list(&gateway.url(), AGENT_KEY).await;
        assert!(listed.tools().contains(&"echo"), "{name}: {listed:?}");
        let outcome = client.call(&gateway.url(), AGENT_KEY, "echo", json!({"message": "heard"})).await;
        assert!(outcome.text().contains("heard"), "{name}: {outcome:?}");
        let questions = responder.questions();
        let methods: Vec<&str> = questions
            .iter()
            .map(|question| {
                *question.values("x-forwarded-method").first().unwrap_or(&question.method.as_str())
            })
            .collect();
        // nginx always asks by GET; the others are told apart by what they say of the original.
        assert!(name == "nginx" || methods.contains(&"DELETE"), "{name}: {methods:?}");
    })
    .await;
}
