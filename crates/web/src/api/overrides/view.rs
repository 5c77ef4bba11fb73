use app::{App, version_of};
use model::Override;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::api::presented::Named;

/// A narrowing of one agent in one workspace.
#[derive(Debug, Serialize, ToSchema)]
pub struct OverrideView {
    /// Its id.
    pub id: Uuid,
    /// The workspace.
    pub workspace: Uuid,
    /// The agent. The name is empty where the agent's organization is not at hand.
    pub agent: Named,
    /// The organization that the agent belongs to.
    pub agent_organization: Uuid,
    /// Whether nothing at all is allowed to it there.
    pub blocked: bool,
    /// Tools that it must not call there.
    pub denied: Vec<DeniedBody>,
    /// For `If-Match`.
    pub version: String,
}

/// Tools of one server.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DeniedBody {
    /// The server's id or slug.
    pub server: String,
    /// Which tools: a name, or a pattern with `*`.
    pub tools: String,
}

impl OverrideView {
    /// An override, with the agent's name as far as it is at hand.
    pub fn of(app: &App, narrowing: &Override) -> Self {
        let agent = app.held_agent(narrowing.agent_organization, narrowing.agent);
        let name = agent.map(|agent| agent.name.to_string()).unwrap_or_default();
        let denied = narrowing.denied.iter();
        Self {
            id: narrowing.id.uuid(),
            workspace: narrowing.workspace.uuid(),
            agent: Named { id: narrowing.agent.uuid(), name },
            agent_organization: narrowing.agent_organization.uuid(),
            blocked: narrowing.blocked,
            denied: denied
                .map(|(server, tools)| DeniedBody { server: server.to_string(), tools: tools.to_string() })
                .collect(),
            version: version_of(&narrowing.clone().into()),
        }
    }
}
