use app::version_of;
use model::{AccessMode, IdentityMode, Visibility, Workspace};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// A workspace.
#[derive(Debug, Serialize, ToSchema)]
pub struct WorkspaceView {
    /// Its id.
    pub id: Uuid,
    /// Its name in calls and URLs. It never changes.
    pub slug: String,
    /// What it is called.
    pub name: String,
    /// Who may know of it: `private` or `organization`.
    #[schema(value_type = String)]
    pub visibility: Visibility,
    /// How agents get in: `inherit`, with their owner; `explicit`, with an accepted invitation too.
    #[schema(value_type = String)]
    pub access_mode: AccessMode,
    /// Whether guests' agents come with them.
    pub guest_agents: bool,
    /// Whether an owner's invitation of an agent counts at once.
    pub auto_accept_agents: bool,
    /// A stricter identity mode than the servers' own: `agent`, `on_behalf_of` or `hybrid`.
    #[schema(value_type = Option<String>)]
    pub identity_mode: Option<IdentityMode>,
    /// For `If-Match`.
    pub version: String,
}

impl From<&Workspace> for WorkspaceView {
    fn from(workspace: &Workspace) -> Self {
        Self {
            id: workspace.id.uuid(),
            slug: workspace.slug.to_string(),
            name: workspace.name.to_string(),
            visibility: workspace.visibility,
            access_mode: workspace.access_mode,
            guest_agents: workspace.guest_agents,
            auto_accept_agents: workspace.auto_accept_agents,
            identity_mode: workspace.identity_mode,
            version: version_of(&workspace.clone().into()),
        }
    }
}
