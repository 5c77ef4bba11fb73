use app::version_of;
use model::{Risk, Tool, ToolState};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// A tool.
#[derive(Debug, Serialize, ToSchema)]
pub struct ToolView {
    /// Its id.
    pub id: Uuid,
    /// Whose operation it is.
    pub server: Uuid,
    /// Its name, exactly as the server gives it.
    pub name: String,
    /// A title for people; may be empty.
    pub title: String,
    /// What it can do to the world, as people here say: `read`, `write` or `destructive`.
    #[schema(value_type = String)]
    pub risk: Risk,
    /// The digest of the definition that is served now.
    pub definition: String,
    /// The digest that a person last accepted. Null: none yet.
    pub reviewed: Option<String>,
    /// Whether the two are the same; otherwise calls are denied.
    pub is_reviewed: bool,
    /// `offered` or `withdrawn`.
    #[schema(value_type = String)]
    pub state: ToolState,
    /// For `If-Match`.
    pub version: String,
}

impl From<&Tool> for ToolView {
    fn from(tool: &Tool) -> Self {
        Self {
            id: tool.id.uuid(),
            server: tool.server.uuid(),
            name: tool.name.to_string(),
            title: tool.title.clone(),
            risk: tool.risk,
            definition: tool.definition.to_string(),
            reviewed: tool.reviewed.map(|hash| hash.to_string()),
            is_reviewed: tool.is_reviewed(),
            state: tool.state,
            version: version_of(&tool.clone().into()),
        }
    }
}
