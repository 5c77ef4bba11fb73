use app::version_of;
use chrono::{DateTime, Utc};
use model::{Agent, AgentState, Snapshot};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::api::presented::{BecauseView, Named, ScopeEntryBody, show_scope};

/// An agent.
#[derive(Debug, Serialize, ToSchema)]
pub struct AgentView {
    /// Its id.
    pub id: Uuid,
    /// What it is called.
    pub name: String,
    /// What it is for.
    pub purpose: String,
    /// Who answers for it; in state `unowned`, who last did.
    pub owner: Named,
    /// `live`, `paused`, `unowned` or `revoked`.
    pub state: &'static str,
    /// Since when and why it is in that state, unless it is live.
    pub because: Option<BecauseView>,
    /// The most it may ever do. Empty: nothing.
    pub scope: Vec<ScopeEntryBody>,
    /// What it must never do.
    pub never: Vec<ScopeEntryBody>,
    /// When it was created.
    pub created_at: DateTime<Utc>,
    /// Who created it.
    pub created_by: Named,
    /// For `If-Match`.
    pub version: String,
}

impl AgentView {
    /// An agent as these facts show it.
    pub fn of(facts: &Snapshot, agent: &Agent) -> Self {
        let because = match &agent.state {
            AgentState::Live => None,
            AgentState::Paused(b) | AgentState::Unowned(b) | AgentState::Revoked(b) => Some(b.into()),
        };
        Self {
            id: agent.id.uuid(),
            name: agent.name.to_string(),
            purpose: agent.purpose.clone(),
            owner: Named::user(facts, agent.owner),
            state: agent.state.as_str(),
            because,
            scope: show_scope(&agent.scope),
            never: show_scope(&agent.never),
            created_at: agent.created_at,
            created_by: Named::user(facts, agent.created_by),
            version: version_of(&agent.clone().into()),
        }
    }
}
