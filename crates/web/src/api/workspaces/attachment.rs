use app::Error;
use model::{CredentialMode, FactKind, IdentityMode, Server, ServerId, Snapshot};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::Problem;

/// The path of one server in a workspace.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct AttachmentPath {
    /// The workspace's id or slug.
    pub workspace: String,
    /// The server's id or slug.
    pub server: String,
}

/// A server that a workspace offers.
#[derive(Debug, Serialize, ToSchema)]
pub struct AttachmentView {
    /// The server's id.
    pub id: Uuid,
    /// Its name in calls.
    pub slug: String,
    /// What it is called.
    pub name: String,
    /// Whose credentials it is called with: `shared` or `personal`.
    #[schema(value_type = String)]
    pub credential_mode: CredentialMode,
    /// Who must be allowed for a call: `agent`, `on_behalf_of` or `hybrid`.
    #[schema(value_type = String)]
    pub identity_mode: IdentityMode,
    /// Whether it may be called at all, or was taken out of use.
    pub active: bool,
}

impl From<&Server> for AttachmentView {
    fn from(server: &Server) -> Self {
        Self {
            id: server.id.uuid(),
            slug: server.slug.to_string(),
            name: server.name.to_string(),
            credential_mode: server.credential_mode,
            identity_mode: server.identity_mode,
            active: server.is_active(),
        }
    }
}

/// The server that a path names by id or slug.
pub(super) fn server_named(facts: &Snapshot, text: &str) -> Result<ServerId, Problem> {
    let by_slug = || facts.server_by_slug(text);
    let found = text.parse().ok().and_then(|id| facts.server(id)).or_else(by_slug);
    Ok(found.ok_or(Error::NotFound(FactKind::Server))?.id)
}
