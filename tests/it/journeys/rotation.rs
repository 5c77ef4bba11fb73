//! Replacing a key while it is in use.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use serde_json::json;
use testkit::http::{Connection, Request};
use testkit::process::eventually;

use crate::world::{Ask, Minted, Scene, World, check_body, reason, text};

/// Longer than anything here takes, even on a busy machine.
const SOON: Duration = Duration::from_secs(30);

/// Calls without a pause, each on the key that the caller has at that moment.
struct Stream {
    goes_on: Arc<AtomicBool>,
    made: Arc<AtomicUsize>,
    task: tokio::task::JoinHandle<Vec<String>>,
}

impl Stream {
    fn start(scene: &Scene<'_>, key: &Minted) -> Self {
        let (goes_on, made) = (Arc::new(AtomicBool::new(true)), Arc::new(AtomicUsize::new(0)));
        let ask =
            Ask { credential: &key.token, server: &scene.server, tool: "search_notes", arguments: None };
        let request = Request::post("/v1/check", &check_body(&ask)).bearer(&scene.world.gateway_key);
        let task = tokio::spawn(calls(scene.world.address, request, Arc::clone(&goes_on), Arc::clone(&made)));
        Self { goes_on, made, task }
    }

    /// Waits for so many more calls.
    async fn makes(&self, more: usize) {
        let goal = self.made.load(Ordering::Relaxed) + more;
        let reached = async || (self.made.load(Ordering::Relaxed) >= goal).then_some(());
        eventually("calls are made", SOON, reached).await;
    }

    /// Ends it; every outcome that was not an allow.
    async fn failures(self) -> Vec<String> {
        self.goes_on.store(false, Ordering::Relaxed);
        self.task.await.expect("the calls")
    }
}

async fn calls(
    to: std::net::SocketAddr,
    request: Request,
    goes_on: Arc<AtomicBool>,
    made: Arc<AtomicUsize>,
) -> Vec<String> {
    let mut failures = Vec::new();
    let mut connection = Connection::open(to).await.expect("a connection");
    while goes_on.load(Ordering::Relaxed) {
        let response = connection.exchange(&request).await.expect("an answer");
        if response.status != 200 || response.json()["decision"] != true {
            failures.push(response.text());
        }
        made.fetch_add(1, Ordering::Relaxed);
    }
    failures
}

async fn outcome(scene: &Scene<'_>, key: &Minted) -> String {
    reason(&scene.check_as(&key.token, "search_notes", &json!({"query": "x"})).await).to_owned()
}

#[tokio::test]
async fn rotating_with_grace_fails_no_call() {
    let world = World::shared().await;
    let scene = Scene::set(world).await;
    let old = &scene.acting.key;
    let on_the_old = Stream::start(&scene, old);
    on_the_old.makes(50).await;
    let rotated = world.post(&format!("keys/{}/rotate", old.id), &json!({"grace_seconds": 600})).await;
    let new = Minted::of(&rotated);
    let on_the_new = Stream::start(&scene, &new);
    on_the_new.makes(50).await;
    on_the_old.makes(50).await;
    assert_eq!(rotated["retired"]["state"], "retiring", "{rotated}");
    assert_eq!(text(&rotated["retired"], "successor"), new.id);
    assert_eq!(on_the_old.failures().await, [""; 0], "on the retiring key");

    // Ended early, by its owner's word: the old one is over at once, the new one notices nothing.
    world.patch(&format!("keys/{}", old.id), &json!({"grace_expires_at": "2020-01-01T00:00:00Z"})).await;
    assert_eq!(outcome(&scene, old).await, "credential_expired");
    on_the_new.makes(50).await;
    assert_eq!(on_the_new.failures().await, [""; 0], "on the successor");
}

#[tokio::test]
async fn a_grace_ends_by_itself() {
    let world = World::shared().await;
    let scene = Scene::set(world).await;
    let old = &scene.acting.key;
    let rotated = world.post(&format!("keys/{}/rotate", old.id), &json!({"grace_seconds": 1})).await;
    let ended = async || (outcome(&scene, old).await == "credential_expired").then_some(());
    eventually("the grace ends", SOON, ended).await;
    assert_eq!(outcome(&scene, &Minted::of(&rotated)).await, "allow");
    let refused = world.manage("POST", &format!("keys/{}/rotate", old.id), Some(&json!({}))).await;
    assert_eq!(refused.status, 409, "an ended key is not rotated: {}", refused.text());
}

#[tokio::test]
async fn a_leaked_key_gets_no_grace() {
    let world = World::shared().await;
    let scene = Scene::set(world).await;
    let order = json!({"leaked": true, "grace_seconds": 600});
    let rotated = world.manage("POST", &format!("keys/{}/rotate", scene.acting.key.id), Some(&order)).await;
    assert_eq!(rotated.status, 201, "{}", rotated.text());
    let rotated = rotated.json();
    assert_eq!(rotated["receipt"]["complete"], true, "{rotated}");
    assert_eq!(
        outcome(&scene, &scene.acting.key).await,
        "credential_revoked",
        "whatever grace was asked for"
    );
    assert_eq!(outcome(&scene, &Minted::of(&rotated)).await, "allow");
}

#[tokio::test]
async fn no_more_than_five_keys_live_at_once() {
    let world = World::shared().await;
    let scene = Scene::set(world).await;
    for _ in 1..5 {
        world.key("agent", &scene.acting.agent).await;
    }
    let sixth = json!({"name": "one too many", "agent": scene.acting.agent});
    let refused = world.manage("POST", "keys", Some(&sixth)).await;
    assert_eq!(refused.status, 409, "{}", refused.text());
    let listed = world.list(&format!("keys?agent={}", scene.acting.agent)).await;
    assert_eq!(listed.len(), 5);
}
