//! One call for each thing that an organization is made of. Each answers with what the others need of it.

use serde_json::{Value, json};

use super::{World, text, unique};

/// A key that was just made.
#[derive(Clone, Debug)]
pub(crate) struct Minted {
    /// Its public id.
    pub(crate) id: String,
    /// The secret.
    pub(crate) token: String,
}

impl Minted {
    /// Out of the answer that shows it.
    #[track_caller]
    pub(crate) fn of(answer: &Value) -> Self {
        Self { id: text(answer, "id"), token: text(answer, "token") }
    }
}

impl World {
    /// A person, as an ordinary member; their id.
    pub(crate) async fn person(&self, name: &str) -> String {
        self.person_as(name, "member").await
    }

    /// A person with a role in the organization; their id.
    pub(crate) async fn person_as(&self, name: &str, role: &str) -> String {
        let added = self.post("members", &json!({"name": name, "role": role})).await;
        text(&added, "id")
    }

    /// A workspace with a slug of its own; its id and slug.
    pub(crate) async fn workspace(&self) -> (String, String) {
        let slug = unique("place");
        let made = self.post("workspaces", &json!({"slug": slug, "name": slug})).await;
        (text(&made, "id"), slug)
    }

    /// A server with a slug of its own, offered in a workspace, with these tools; its id and slug.
    pub(crate) async fn server(
        &self,
        workspace: &str,
        mode: &str,
        tools: &[(&str, &str)],
    ) -> (String, String) {
        let slug = unique("server");
        let id = self.register(&slug, mode, None).await;
        for (name, risk) in tools {
            self.post(&format!("servers/{id}/tools"), &json!({"name": name, "risk": risk})).await;
        }
        self.attach(&id, workspace).await;
        (id, slug)
    }

    /// Registers a server; its id.
    pub(crate) async fn register(&self, slug: &str, mode: &str, url: Option<&str>) -> String {
        let body = json!({"slug": slug, "name": slug, "credential_mode": mode, "identity_mode": "agent", "url": url});
        text(&self.post("servers", &body).await, "id")
    }

    /// Offers a server in a workspace.
    pub(crate) async fn attach(&self, server: &str, workspace: &str) {
        self.put(&format!("workspaces/{workspace}/servers/{server}"), &json!({})).await;
    }

    /// A role with these grants: server, tools, constraints; its id.
    pub(crate) async fn role(&self, grants: &[(&str, &str, Value)]) -> String {
        let role = text(&self.post("roles", &json!({"name": unique("role")})).await, "id");
        for (server, tools, constraints) in grants {
            let grant = json!({"server": server, "tools": tools, "constraints": constraints});
            self.post(&format!("roles/{role}/grants"), &grant).await;
        }
        role
    }

    /// Puts a person into a workspace with a role; the membership's id.
    pub(crate) async fn join(&self, workspace: &str, user: &str, role: &str) -> String {
        let body = json!({"user": user, "role": role});
        text(&self.post(&format!("workspaces/{workspace}/memberships"), &body).await, "id")
    }

    /// An agent with a scope; its id.
    pub(crate) async fn agent(&self, name: &str, owner: &str, scope: &Value) -> String {
        text(&self.post("agents", &json!({"name": name, "owner": owner, "scope": scope})).await, "id")
    }

    /// A robot in a workspace with a role; its id.
    pub(crate) async fn robot(&self, workspace: &str, role: &str) -> String {
        let robot = text(&self.post("robots", &json!({"name": unique("Robot")})).await, "id");
        self.post(&format!("workspaces/{workspace}/memberships"), &json!({"robot": robot, "role": role}))
            .await;
        robot
    }

    /// A gateway; its id and key.
    pub(crate) async fn gateway(&self, rules: &Value) -> (String, Minted) {
        let mut body = json!({"name": unique("Gateway")});
        for (name, value) in rules.as_object().expect("rules") {
            body[name] = value.clone();
        }
        let id = text(&self.post("gateways", &body).await, "id");
        let key = self.key("gateway", &id).await;
        (id, key)
    }

    /// A key for an `agent`, a `robot` or a `gateway`.
    pub(crate) async fn key(&self, kind: &str, holder: &str) -> Minted {
        self.limited_key(kind, holder, &json!({})).await
    }

    /// A key with more fields of its own: an end, limits.
    pub(crate) async fn limited_key(&self, kind: &str, holder: &str, more: &Value) -> Minted {
        let mut body = json!({"name": "for a test", kind: holder});
        for (name, value) in more.as_object().expect("fields") {
            body[name] = value.clone();
        }
        Minted::of(&self.post("keys", &body).await)
    }
}
