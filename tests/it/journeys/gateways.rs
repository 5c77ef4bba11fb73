//! Caddy, nginx and Envoy with the program behind them, the official SDK's client before them and a real MCP server
//! after them.

use std::time::Duration;

use serde_json::{Value, json};
use testkit::gateways::{ALL, Gateway, Wiring};
use testkit::mcp::{Client, Notebook, Outcome, header_values};
use testkit::process::wait_until;

use crate::world::{Scene, World, text};

/// What an agent is told of a refusal by the JSON-RPC error code.
const DENIED: i64 = -32001;

/// A gateway of each kind before the same server.
struct Line<'n> {
    name: &'static str,
    gateway: Gateway,
    client: Client,
    notebook: &'n Notebook,
}

impl<'n> Line<'n> {
    /// One gateway before the server, known to the program under that slug.
    fn of(at: usize, scene: &Scene<'_>, server: &str, notebook: &'n Notebook) -> Self {
        let (name, start) = ALL[at];
        let world = scene.world;
        let wiring = Wiring {
            answerable: world.address,
            mcp: notebook.address,
            server,
            gateway_key: &world.gateway_key,
        };
        Self { name, gateway: start(&wiring), client: Client::start(), notebook }
    }

    async fn call(&mut self, key: &str, tool: &str, arguments: Value) -> Outcome {
        self.client.call(&self.gateway.url(), key, tool, arguments).await
    }

    /// Whether a call of that tool has reached the server.
    fn reached(&self, tool: &str) -> bool {
        let named = format!("\"{tool}\"");
        let is_call = |body: &str| body.contains("tools/call") && body.contains(&named);
        self.notebook.seen().iter().any(|request| request["body"].as_str().is_some_and(is_call))
    }
}

/// Every gateway is tried in a test of its own, so that they run side by side.
macro_rules! on_each_gateway {
    ($($name:ident),+ $(,)?) => {$(
        mod $name {
            #[tokio::test]
            async fn caddy() {
                super::$name(0).await;
            }

            #[tokio::test]
            async fn nginx() {
                super::$name(1).await;
            }

            #[tokio::test]
            async fn envoy() {
                super::$name(2).await;
            }
        }
    )+};
}

on_each_gateway!(an_allowed_call_passes_and_says_who_acted, what_is_not_allowed_is_refused_with_a_reason);

async fn an_allowed_call_passes_and_says_who_acted(at: usize) {
    let (scene, notebook) = (Scene::set(World::shared().await).await, Notebook::start());
    let mut line = Line::of(at, &scene, &scene.server, &notebook);
    let acting = &scene.acting;
    let order = json!({
        "url": line.gateway.url(), "token": acting.key.token, "do": "call", "name": "search_notes",
        "arguments": {"query": "tea"},
        "headers": {
            "X-Answerable-Actor": "spoofed", "x-answerable-owner": "spoofed", "X-Answerable-On-Behalf-Of": "spoofed",
            "X-Answerable-Decision-Id": "spoofed", "X-Answerable-Run-Id": "spoofed", "X-Answerable-Gateway": "spoofed",
        },
    });
    let outcome = line.client.perform(&order).await;
    assert!(outcome.is_success(), "{}: {outcome:?}", line.name);
    assert_eq!(outcome.text(), "no note contains tea", "{}", line.name);

    let seen = notebook.seen();
    assert!(line.reached("search_notes"), "{}", line.name);
    for request in &seen {
        for (header, expected) in [
            ("x-answerable-actor", acting.agent.as_str()),
            ("x-answerable-actor-kind", "agent"),
            ("x-answerable-actor-name", &acting.agent_name),
            ("x-answerable-owner", &acting.owner),
            ("x-answerable-workspace", &scene.workspace_slug),
        ] {
            assert_eq!(header_values(request, header), [expected], "{}: {header}", line.name);
        }
        for header in
            ["authorization", "x-answerable-gateway", "x-answerable-on-behalf-of", "x-answerable-run-id"]
        {
            assert!(header_values(request, header).is_empty(), "{}: {header}: {request}", line.name);
        }
        assert!(!request.to_string().contains(&acting.key.token), "{}: the agent's key", line.name);
        is_in_the_evidence(&scene, header_values(request, "x-answerable-decision-id")[0]).await;
    }
}

/// The decision that the server behind was told of is the one that was recorded.
async fn is_in_the_evidence(scene: &Scene<'_>, decision_id: &str) {
    let decision = scene.world.decision(decision_id).await;
    assert_eq!(decision["decision"], "allow", "{decision}");
    assert_eq!(text(&decision["actor"], "id"), scene.acting.agent);
    assert_eq!(text(&decision["owner"], "id"), scene.acting.owner);
}

async fn what_is_not_allowed_is_refused_with_a_reason(at: usize) {
    let (scene, notebook) = (Scene::set(World::shared().await).await, Notebook::start());
    let mut line = Line::of(at, &scene, &scene.server, &notebook);
    let agent = scene.acting.key.token.clone();
    let sees_arguments = line.name == "envoy";
    let over = if sees_arguments { "argument_not_allowed" } else { "arguments_missing" };
    for (tool, arguments, expected) in [
        ("delete_note", json!({"title": "x"}), "outside_scope"),
        ("create_note", json!({"title": "x"}), "not_granted"),
        ("transfer", json!({"to": "x", "amount": 101}), over),
    ] {
        let outcome = line.call(&agent, tool, arguments).await;
        refused(&line, &outcome, tool, expected);
    }
    let within = line.call(&agent, "transfer", json!({"to": "x", "amount": 100})).await;
    if sees_arguments {
        assert_eq!(within.text(), "moved 100 to x", "{within:?}");
    } else {
        refused(&line, &within, "transfer", "arguments_missing");
    }
    a_robot_is_kept_from_a_personal_server(at, &scene, &notebook).await;
}

async fn a_robot_is_kept_from_a_personal_server(at: usize, scene: &Scene<'_>, notebook: &Notebook) {
    let (_, robot) = scene.robot().await;
    let mut shared = Line::of(at, scene, &scene.server, notebook);
    let outcome = shared.call(&robot.token, "search_notes", json!({"query": "tea"})).await;
    assert!(outcome.is_success(), "{}: {outcome:?}", shared.name);
    drop(shared);

    notebook.forget_seen();
    let mut personal = Line::of(at, scene, &scene.personal, notebook);
    // Pinned to the newest protocol: refused, an agent that may fall back tries an older one, whose messages Caddy
    // and nginx cannot see into, and is told that instead.
    let order = json!({
        "url": personal.gateway.url(), "token": robot.token, "do": "call", "name": "search_notes",
        "arguments": {"query": "tea"}, "mode": "2026-07-28",
    });
    let outcome = personal.client.perform(&order).await;
    refused(&personal, &outcome, "search_notes", "personal_server");
}

/// The agent can read why, and the server behind has heard nothing of it.
fn refused(line: &Line<'_>, outcome: &Outcome, tool: &str, reason: &str) {
    assert!(!outcome.is_success(), "{} {tool}: {outcome:?}", line.name);
    assert_eq!(outcome.0["data"]["reason"], reason, "{} {tool}: {outcome:?}", line.name);
    assert!(!outcome.error().is_empty(), "{} {tool}: {outcome:?}", line.name);
    assert_eq!(outcome.code(), Some(DENIED), "{} {tool}: {outcome:?}", line.name);
    assert!(!line.reached(tool), "{} {tool}", line.name);
}

#[tokio::test]
async fn a_gateway_shows_when_it_last_asked() {
    let (scene, notebook) = (Scene::set(World::shared().await).await, Notebook::start());
    let world = scene.world;
    let (id, key) = world.gateway(&json!({})).await;
    let before = world.get(&format!("gateways/{id}")).await;
    assert_eq!(before["last_seen_at"], Value::Null, "{before}");
    let wiring = Wiring {
        answerable: world.address,
        mcp: notebook.address,
        server: &scene.server,
        gateway_key: &key.token,
    };
    let gateway = testkit::gateways::caddy(&wiring);
    let token = &scene.acting.key.token;
    let outcome = Client::start().call(&gateway.url(), token, "whoami", json!({})).await;
    assert!(outcome.is_success(), "{outcome:?}");
    // Kept off the way of a call, so it is a moment behind.
    let shown =
        async || world.get(&format!("gateways/{id}")).await["last_seen_at"].as_str().map(str::to_owned);
    let at = testkit::process::eventually("the gateway is seen", Duration::from_secs(30), shown).await;
    assert!(at.starts_with("20"), "{at}");
}

#[tokio::test]
async fn a_gateway_that_cannot_ask_lets_nothing_through() {
    let (scene, notebook) = (Scene::set(World::shared().await).await, Notebook::start());
    for (name, start) in ALL {
        let gateway = start(&Wiring {
            answerable: scene.world.address,
            mcp: notebook.address,
            server: &scene.server,
            gateway_key: "ans_gk_nobody",
        });
        let token = &scene.acting.key.token;
        let outcome = Client::start().call(&gateway.url(), token, "whoami", json!({})).await;
        assert!(!outcome.is_success(), "{name}: {outcome:?}");
    }
    wait_until("nothing reached the server", Duration::from_secs(1), || notebook.seen().is_empty());
}
