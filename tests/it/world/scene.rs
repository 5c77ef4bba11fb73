//! The setting that most tests begin with.

use serde_json::{Value, json};

use super::{Ask, Minted, World, unique};

/// The tools of the real MCP server of the tests, with the risk that people gave them.
pub(crate) const TOOLS: [(&str, &str); 5] = [
    ("search_notes", "read"),
    ("whoami", "read"),
    ("create_note", "write"),
    ("delete_note", "destructive"),
    ("transfer", "destructive"),
];

/// A workspace that offers a shared server and a personal one with the same tools. A person works there, whose agent
/// is allowed `search_notes`, `whoami`, and `transfer` of at most 100. In its scope and not granted: `create_note`.
/// Granted and outside its scope: `delete_note`.
#[derive(Debug)]
pub(crate) struct Scene<'w> {
    /// The organization around it.
    pub(crate) world: &'w World,
    /// The workspace's id.
    pub(crate) workspace: String,
    /// The workspace's slug.
    pub(crate) workspace_slug: String,
    /// The shared server's id.
    pub(crate) server_id: String,
    /// The shared server's slug.
    pub(crate) server: String,
    /// The personal server's slug.
    pub(crate) personal: String,
    /// The role that grants all of it.
    pub(crate) role: String,
    /// The person's membership in the workspace.
    pub(crate) membership: String,
    /// The person and the agent.
    pub(crate) acting: Acting,
}

/// An agent, who answers for it, and its key.
#[derive(Clone, Debug)]
pub(crate) struct Acting {
    /// The owner's id.
    pub(crate) owner: String,
    /// The owner's name.
    pub(crate) owner_name: String,
    /// The agent's id.
    pub(crate) agent: String,
    /// The agent's name.
    pub(crate) agent_name: String,
    /// The agent's key.
    pub(crate) key: Minted,
}

impl<'w> Scene<'w> {
    /// Sets it.
    pub(crate) async fn set(world: &'w World) -> Self {
        let (workspace, workspace_slug) = world.workspace().await;
        let (server_id, server) = world.server(&workspace, "shared", &TOOLS).await;
        let (personal_id, personal) = world.server(&workspace, "personal", &TOOLS).await;
        let at_most_100 = json!([{"pointer": "/amount", "operator": "at_most", "value": 100}]);
        let role = world
            .role(&[
                (&server_id, "search_notes", json!([])),
                (&server_id, "whoami", json!([])),
                (&server_id, "delete_note", json!([])),
                (&server_id, "transfer", at_most_100),
                (&personal_id, "*", json!([])),
            ])
            .await;
        let owner_name = unique("Owner");
        let owner = world.person(&owner_name).await;
        let membership = world.join(&workspace, &owner, &role).await;
        let acting = Self::agent(world, &server_id, &personal_id, owner, owner_name).await;
        Self { world, workspace, workspace_slug, server_id, server, personal, role, membership, acting }
    }

    async fn agent(world: &World, server: &str, personal: &str, owner: String, owner_name: String) -> Acting {
        let mut scope = vec![json!({"server": personal, "tools": "*"})];
        for tools in ["search_notes", "whoami", "create_note", "transfer"] {
            scope.push(json!({"server": server, "tools": tools}));
        }
        let agent_name = unique("Agent");
        let agent = world.agent(&agent_name, &owner, &Value::Array(scope)).await;
        let key = world.key("agent", &agent).await;
        Acting { owner, owner_name, agent, agent_name, key }
    }

    /// Another person in the same workspace with an agent of the same access: whom nothing that happens to the first
    /// may disturb.
    pub(crate) async fn bystander(&self) -> Acting {
        let owner_name = unique("Bystander");
        let owner = self.world.person(&owner_name).await;
        self.world.join(&self.workspace, &owner, &self.role).await;
        let agent_name = unique("Agent");
        let scope = json!([{"server": self.server_id, "tools": "search_notes"}]);
        let agent = self.world.agent(&agent_name, &owner, &scope).await;
        let key = self.world.key("agent", &agent).await;
        Acting { owner, owner_name, agent, agent_name, key }
    }

    /// Another agent of the same owner, with its key: its id and the key.
    pub(crate) async fn sibling(&self) -> (String, Minted) {
        let scope = json!([{"server": self.server_id, "tools": "search_notes"}]);
        let agent = self.world.agent(&unique("Sibling"), &self.acting.owner, &scope).await;
        let key = self.world.key("agent", &agent).await;
        (agent, key)
    }

    /// A robot with the same role, and its key.
    pub(crate) async fn robot(&self) -> (String, Minted) {
        let robot = self.world.robot(&self.workspace, &self.role).await;
        let key = self.world.key("robot", &robot).await;
        (robot, key)
    }

    /// Asks about a call of the agent on the shared server, with its arguments.
    pub(crate) async fn check(&self, tool: &str, arguments: &Value) -> Value {
        self.check_as(&self.acting.key.token, tool, arguments).await
    }

    /// Asks about a call on the shared server with another credential.
    pub(crate) async fn check_as(&self, credential: &str, tool: &str, arguments: &Value) -> Value {
        self.world.check(Ask { credential, server: &self.server, tool, arguments: Some(arguments) }).await
    }
}
