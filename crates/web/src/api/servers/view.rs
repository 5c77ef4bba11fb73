use app::version_of;
use model::{CredentialMode, IdentityMode, Server, ServerState, Snapshot, WorkspaceId};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::api::presented::BecauseView;

/// A server.
#[derive(Debug, Serialize, ToSchema)]
pub struct ServerView {
    /// Its id.
    pub id: Uuid,
    /// Its name in calls and gateway configurations.
    pub slug: String,
    /// What it is called.
    pub name: String,
    /// Where its tools are imported from, if they are.
    pub url: Option<String>,
    /// Whose credentials it is called with: `shared` or `personal`.
    #[schema(value_type = String)]
    pub credential_mode: CredentialMode,
    /// Who must be allowed for a call: `agent`, `on_behalf_of` or `hybrid`.
    #[schema(value_type = String)]
    pub identity_mode: IdentityMode,
    /// `active` or `removed`.
    pub state: &'static str,
    /// Since when and why it is removed.
    pub because: Option<BecauseView>,
    /// The workspaces that offer it.
    pub workspaces: Vec<Uuid>,
    /// How many tools it has, withdrawn ones too.
    pub tools: usize,
    /// How many of them are denied until somebody has looked at what is served now.
    pub unreviewed_tools: usize,
    /// For `If-Match`.
    pub version: String,
}

impl ServerView {
    /// A server as these facts show it.
    pub fn of(facts: &Snapshot, server: &Server) -> Self {
        let (state, because) = match &server.state {
            ServerState::Active => ("active", None),
            ServerState::Removed(because) => ("removed", Some(because.into())),
        };
        Self {
            id: server.id.uuid(),
            slug: server.slug.to_string(),
            name: server.name.to_string(),
            url: server.url.clone(),
            credential_mode: server.credential_mode,
            identity_mode: server.identity_mode,
            state,
            because,
            workspaces: facts.places_of(server.id).map(WorkspaceId::uuid).collect(),
            tools: facts.tools_of(server.id).count(),
            unreviewed_tools: app::servers::drifted(facts, server.id, None).count(),
            version: version_of(&server.clone().into()),
        }
    }
}
