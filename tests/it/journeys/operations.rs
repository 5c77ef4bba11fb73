//! What an operator sees of a running program.

use std::net::SocketAddr;
use std::time::Duration;

use serde_json::json;
use testkit::http::Request;
use testkit::ports;
use testkit::process::eventually;

use crate::world::{Own, Scene, reason};

async fn scrape(metrics: SocketAddr) -> String {
    let response = Request::get("/metrics").send(metrics).await;
    assert_eq!(response.status, 200, "{}", response.text());
    response.text()
}

/// A gateway that never asks may be one that lets everything through.
#[tokio::test]
async fn a_gateway_that_never_asks_shows_in_the_metrics() {
    let metrics = ports::loopback(ports::free());
    let own = Own::start_with(&[("ANSWERABLE_METRICS__LISTEN", &metrics.to_string())]).await;
    let scene = Scene::set(&own.world).await;
    let (silent, _) = own.world.gateway(&json!({})).await;
    assert_eq!(reason(&scene.check("whoami", &json!({})).await), "allow");
    let silence = |text: &str, ever: &str| {
        let lines = text.lines().filter(|line| line.starts_with("answerable_gateway_silent_seconds"));
        lines
            .filter(|line| line.contains(&format!("ever=\"{ever}\"")))
            .any(|line| line.contains(&silent) == (ever == "no"))
    };
    let told = async || {
        let text = scrape(metrics).await;
        (silence(&text, "no") && silence(&text, "yes")).then_some(text)
    };
    let text = eventually("silence is told", Duration::from_secs(30), told).await;
    for metric in ["answerable_decisions_total", "answerable_decision_seconds", "answerable_lease_held 1"] {
        assert!(text.contains(metric), "{metric}: {text}");
    }
}

/// The silent are told of from the first moment on, though nobody asks anything; whoever may not ask is not among them.
#[tokio::test]
async fn silence_outlasts_a_restart_without_a_call() {
    let metrics = ports::loopback(ports::free());
    let mut own = Own::start().await;
    let scene = Scene::set(&own.world).await;
    let (silent, _) = own.world.gateway(&json!({})).await;
    let (paused, _) = own.world.gateway(&json!({})).await;
    let (revoked, _) = own.world.gateway(&json!({})).await;
    own.world.post(&format!("gateways/{paused}/pause"), &json!({"reason": "a test"})).await;
    own.world.post(&format!("gateways/{revoked}/revoke"), &json!({"reason": "a test"})).await;
    assert_eq!(reason(&scene.check("whoami", &json!({})).await), "allow");
    own.program.child.stop();

    let settings = [
        ("ANSWERABLE_DATABASE__URL", own.world.database.as_str()),
        ("ANSWERABLE_METRICS__LISTEN", &metrics.to_string()),
    ];
    let _again = testkit::answerable::Program::serve(&settings);
    let told = async || {
        let text = scrape(metrics).await;
        let lines = text.lines().filter(|line| line.starts_with("answerable_gateway_silent_seconds{"));
        let lines: Vec<String> = lines.map(str::to_owned).collect();
        (lines.len() > 1).then_some(lines)
    };
    let lines = eventually("silence is told", Duration::from_secs(30), told).await;
    let ever = |word: &str| lines.iter().filter(|line| line.contains(&format!("ever=\"{word}\""))).count();
    assert!(lines.iter().any(|line| line.contains(&silent) && line.contains("ever=\"no\"")), "{lines:?}");
    assert_eq!((lines.len(), ever("yes"), ever("no")), (2, 1, 1), "one asked and one is silent: {lines:?}");
}

/// Whatever happens, no log line holds a whole token.
#[tokio::test]
async fn no_secret_is_logged() {
    for format in ["text", "json"] {
        let settings = [("ANSWERABLE_LOG__FILTER", "trace"), ("ANSWERABLE_LOG__FORMAT", format)];
        let mut own = Own::start_with(&settings).await;
        let scene = Scene::set(&own.world).await;
        let rotated = own.world.post(&format!("keys/{}/rotate", scene.acting.key.id), &json!({})).await;
        scene.check("search_notes", &json!({})).await;
        own.world.manage("POST", "agents", Some(&json!({"name": own.world.api_key}))).await;
        let leaked = json!({"tokens": [scene.acting.key.token]});
        Request::post("/v1/leaks", &leaked).send(own.world.address).await;
        let path = format!("/v1/forward-auth/{}", scene.server);
        let gateway = Request::get(&path).header("x-answerable-gateway", &own.world.gateway_key);
        gateway.bearer(rotated["token"].as_str().expect("a token")).send(own.world.address).await;
        own.program.child.stop();
        let logged = format!("{}{}", own.program.child.stdout(), own.program.child.stderr());
        assert!(logged.len() > 1000, "it logs: {logged}");
        let secrets = [
            scene.acting.key.token.as_str(),
            rotated["token"].as_str().expect("a token"),
            &own.world.api_key,
            &own.world.gateway_key,
        ];
        for secret in secrets {
            let at = logged.find(&secret[20..]).map(|at| logged[at.saturating_sub(200)..at].to_owned());
            assert_eq!(at, None, "{format}: a secret after this");
        }
    }
}

/// A process may do a part of the work; the other part is not there.
#[tokio::test]
async fn a_process_serves_the_part_that_it_is_told_to() {
    for (role, manages, decides) in [("admin", true, false), ("enforcement", false, true)] {
        let own = Own::start().await;
        let scene = Scene::set(&own.world).await;
        let settings = [
            ("ANSWERABLE_DATABASE__URL", own.world.database.as_str()),
            ("ANSWERABLE_SERVER__ROLE", role),
            ("ANSWERABLE_ENFORCEMENT__NODE_NAME", "node-2"),
        ];
        let part = testkit::answerable::Program::serve(&settings);
        let world = own.world.moved_to(part.address).await;
        assert_eq!(
            world.manage("GET", "agents", None).await.status,
            if manages { 200 } else { 404 },
            "{role}"
        );
        let ask = crate::world::Ask {
            credential: &scene.acting.key.token,
            server: &scene.server,
            tool: "whoami",
            arguments: None,
        };
        let asked = world.ask("/v1/check", &crate::world::check_body(&ask)).await;
        assert_eq!(asked.status, if decides { 200 } else { 404 }, "{role}: {}", asked.text());
        assert_eq!(Request::get("/healthz").send(part.address).await.status, 200);
    }
}
