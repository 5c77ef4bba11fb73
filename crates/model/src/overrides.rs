use serde::{Deserialize, Serialize};

use crate::{AgentId, OrganizationId, OverrideId, ServerId, ToolPattern, WorkspaceId};

/// A narrowing of one agent in one workspace, made by the people of that workspace. It never widens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Override {
    /// Its id.
    pub id: OverrideId,
    /// Where it holds.
    pub workspace: WorkspaceId,
    /// The organization that the agent belongs to; another one for a guest's agent.
    pub agent_organization: OrganizationId,
    /// Whom it narrows.
    pub agent: AgentId,
    /// Nothing at all is allowed to the agent here.
    pub blocked: bool,
    /// Tools that the agent must not call here, by server and pattern.
    pub denied: Vec<(ServerId, ToolPattern)>,
}

impl Override {
    /// Whether it refuses that tool. A tool-less question (listing) is refused only by a block.
    pub fn refuses(&self, server: ServerId, tool: Option<&str>) -> bool {
        self.blocked
            || tool.is_some_and(|tool| self.denied.iter().any(|(s, p)| *s == server && p.matches(tool)))
    }

    /// Whether it refuses any tool of that server: what counts for a call whose tool is not shown.
    pub fn refuses_any_tool(&self, server: ServerId) -> bool {
        self.blocked || self.denied.iter().any(|(s, _)| *s == server)
    }
}
