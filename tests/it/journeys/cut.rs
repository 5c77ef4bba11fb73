//! Taking access away: the very next call is refused, and nobody else is disturbed.

use serde_json::{Value, json};
use testkit::gateways::{Gateway, Wiring, caddy};
use testkit::http::{Request, Response};
use testkit::mcp::Notebook;

use crate::world::{Acting, Minted, Scene, World, reason};

/// A scene with a gateway in front of the server, and two people who are not to notice anything.
struct Stage<'w> {
    scene: Scene<'w>,
    bystander: Acting,
    robot: Minted,
    gateway: Gateway,
    _notebook: Notebook,
}

impl<'w> Stage<'w> {
    async fn set(world: &'w World) -> Self {
        let (scene, notebook) = (Scene::set(world).await, Notebook::start());
        let bystander = scene.bystander().await;
        let (_, robot) = scene.robot().await;
        let gateway = caddy(&Wiring {
            answerable: world.address,
            mcp: notebook.address,
            server: &scene.server,
            gateway_key: &world.gateway_key,
        });
        let stage = Self { scene, bystander, robot, gateway, _notebook: notebook };
        stage.passes(&stage.scene.acting.key.token).await;
        stage.others_pass().await;
        stage
    }

    /// Both ways: asked directly, and through a gateway.
    async fn passes(&self, credential: &str) {
        let answer = self.scene.check_as(credential, "search_notes", &json!({"query": "x"})).await;
        assert_eq!(reason(&answer), "allow", "{answer}");
        let response = self.through_the_gateway(credential).await;
        assert_eq!(response.status, 200, "{}", response.text());
    }

    async fn is_refused(&self, credential: &str, expected: &str) {
        let answer = self.scene.check_as(credential, "search_notes", &json!({"query": "x"})).await;
        assert_eq!(reason(&answer), expected, "{answer}");
        let response = self.through_the_gateway(credential).await;
        assert!(matches!(response.status, 401 | 403), "{} {}", response.status, response.text());
        assert!(response.text().contains(expected), "{}", response.text());
    }

    async fn others_pass(&self) {
        self.passes(&self.bystander.key.token).await;
        self.passes(&self.robot.token).await;
    }

    /// A tool call as the SDK sends it to a server of 2026-07-28, in one request.
    async fn through_the_gateway(&self, credential: &str) -> Response {
        call("search_notes", &json!({"query": "x"})).bearer(credential).send(self.gateway.address).await
    }

    async fn post(&self, rest: &str, body: Value) -> Value {
        self.scene.world.post(rest, &body).await
    }
}

/// A tool call in the protocol of 2026-07-28.
pub(super) fn call(tool: &str, arguments: &Value) -> Request {
    let meta = json!({
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientInfo": {"name": "test", "version": "1"},
        "io.modelcontextprotocol/clientCapabilities": {},
    });
    let body = json!({
        "jsonrpc": "2.0", "id": 1, "method": "tools/call",
        "params": {"name": tool, "arguments": arguments, "_meta": meta},
    });
    Request::post("/mcp", &body)
        .header("accept", "application/json, text/event-stream")
        .header("mcp-protocol-version", "2026-07-28")
        .header("mcp-method", "tools/call")
        .header("mcp-name", tool)
}

/// The answer to a write that takes something away says that it has taken effect.
fn took_effect(answer: &Value) {
    assert_eq!(answer["receipt"]["complete"], true, "{answer}");
    assert!(answer["receipt"]["nodes"].as_array().is_some_and(|nodes| !nodes.is_empty()), "{answer}");
    assert!(answer["revision"].as_u64().is_some_and(|revision| revision > 0), "{answer}");
}

#[tokio::test]
async fn an_owner_who_leaves_the_workspace_takes_the_agent_along() {
    let stage = Stage::set(World::shared().await).await;
    let (scene, acting) = (&stage.scene, &stage.scene.acting);
    let path = format!("workspaces/{}/memberships/{}", scene.workspace, scene.membership);
    took_effect(&scene.world.delete(&path).await);
    stage.is_refused(&acting.key.token, "not_granted").await;
    stage.others_pass().await;

    // Inheritance is computed: with the person, the agent is back.
    scene.world.join(&scene.workspace, &acting.owner, &scene.role).await;
    stage.passes(&acting.key.token).await;
}

#[tokio::test]
async fn a_paused_agent_stops_until_it_is_resumed() {
    let stage = Stage::set(World::shared().await).await;
    let (agent, key) = (&stage.scene.acting.agent, &stage.scene.acting.key.token);
    let (sibling, sibling_key) = stage.scene.sibling().await;
    took_effect(&stage.post(&format!("agents/{agent}/pause"), json!({"reason": "looks odd"})).await);
    stage.is_refused(key, "agent_paused").await;
    stage.passes(&sibling_key.token).await;
    stage.others_pass().await;

    stage.post(&format!("agents/{agent}/resume"), json!({})).await;
    stage.passes(key).await;
    took_effect(&stage.post(&format!("agents/{sibling}/revoke"), json!({"reason": "done"})).await);
    // Its keys end with it, and a key is looked at first.
    stage.is_refused(&sibling_key.token, "credential_revoked").await;
    stage.passes(key).await;
}

#[tokio::test]
async fn a_revoked_key_stops_and_its_neighbour_does_not() {
    let stage = Stage::set(World::shared().await).await;
    let acting = &stage.scene.acting;
    let second = stage.scene.world.key("agent", &acting.agent).await;
    took_effect(&stage.post(&format!("keys/{}/revoke", acting.key.id), json!({"reason": "lost"})).await);
    stage.is_refused(&acting.key.token, "credential_revoked").await;
    stage.passes(&second.token).await;
    stage.others_pass().await;
}

#[tokio::test]
async fn a_suspended_owner_latches_every_agent_until_somebody_takes_it_over() {
    let stage = Stage::set(World::shared().await).await;
    let (scene, acting) = (&stage.scene, &stage.scene.acting);
    let (sibling, sibling_key) = scene.sibling().await;
    let answer = stage.post(&format!("members/{}/suspend", acting.owner), json!({"reason": "left"})).await;
    took_effect(&answer);
    for key in [&acting.key.token, &sibling_key.token] {
        stage.is_refused(key, "credential_revoked").await;
    }
    stage.others_pass().await;

    // Neither the person's return nor a new key opens the latch; only a person who takes the agent over.
    stage.post(&format!("members/{}/resume", acting.owner), json!({})).await;
    stage.is_refused(&acting.key.token, "credential_revoked").await;
    assert_eq!(scene.world.get(&format!("agents/{sibling}")).await["state"], "unowned");
    let to = json!({"to": stage.bystander.owner});
    stage.post(&format!("agents/{sibling}/hand-over"), to).await;
    let fresh = scene.world.key("agent", &sibling).await;
    stage.passes(&fresh.token).await;
    stage.is_refused(&sibling_key.token, "credential_revoked").await;
}
