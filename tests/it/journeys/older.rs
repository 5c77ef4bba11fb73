//! A server that knows nothing newer than 2025-11-25: its messages are not mirrored in headers, so a gateway that
//! does not show the body shows nothing.

use serde_json::json;
use testkit::gateways::{Start, Wiring, caddy, envoy};
use testkit::mcp::{Client, Everything, Outcome};

use crate::world::{World, text, unique};

/// A workspace that offers the reference server to a person, whose agent may call what the scope says.
struct Stage<'w> {
    world: &'w World,
    server: String,
    agent: String,
    key: String,
}

impl<'w> Stage<'w> {
    async fn set(world: &'w World, granted: &str) -> Self {
        let (workspace, _) = world.workspace().await;
        let tools = [("echo", "read"), ("get-sum", "read")];
        let (id, server) = world.server(&workspace, "shared", &tools).await;
        let role = world.role(&[(&id, granted, json!([]))]).await;
        let owner = world.person(&unique("Owner")).await;
        world.join(&workspace, &owner, &role).await;
        let agent = world.agent(&unique("Agent"), &owner, &json!([{"server": id, "tools": granted}])).await;
        let key = world.key("agent", &agent).await.token;
        Self { world, server, agent, key }
    }

    async fn call(&self, start: Start, gateway_key: &str, upstream: &Everything, tool: &str) -> Outcome {
        let answerable = self.world.address;
        let gateway = start(&Wiring { answerable, mcp: upstream.address, server: &self.server, gateway_key });
        Client::start()
            .call(&gateway.url(), &self.key, tool, json!({"message": "heard", "a": 1, "b": 2}))
            .await
    }
}

#[tokio::test]
async fn where_the_body_is_shown_each_call_is_decided() {
    let (world, upstream) = (World::shared().await, Everything::start());
    let stage = Stage::set(world, "echo").await;
    let allowed = stage.call(envoy, &world.gateway_key, &upstream, "echo").await;
    assert!(allowed.text().contains("heard"), "{allowed:?}");
    let denied = stage.call(envoy, &world.gateway_key, &upstream, "get-sum").await;
    assert_eq!(denied.0["data"]["reason"], "outside_scope", "{denied:?}");
    let last = world.decisions(&format!("actor={}&tool=echo", stage.agent)).await;
    assert_eq!(text(&last[0], "reason"), "granted");
}

#[tokio::test]
async fn where_it_is_not_only_who_may_call_everything_gets_through() {
    let (world, upstream) = (World::shared().await, Everything::start());
    let (_, lenient) = world.gateway(&json!({"allows_unseen_tools": true})).await;
    let (some, all) = (Stage::set(world, "echo").await, Stage::set(world, "*").await);
    for (stage, gateway_key, allowed) in
        [(&some, &lenient.token, false), (&all, &world.gateway_key, false), (&all, &lenient.token, true)]
    {
        let outcome = stage.call(caddy, gateway_key, &upstream, "echo").await;
        assert_eq!(outcome.is_success(), allowed, "{outcome:?}");
        assert!(allowed || outcome.0["data"]["reason"] == "tool_unseen", "{outcome:?}");
    }
}
