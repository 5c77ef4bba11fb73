use app::version_of;
use model::Role;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// A role.
#[derive(Debug, Serialize, ToSchema)]
pub struct RoleView {
    /// Its id.
    pub id: Uuid,
    /// What it is called.
    pub name: String,
    /// What it is for.
    pub purpose: String,
    /// For `If-Match`.
    pub version: String,
}

impl From<&Role> for RoleView {
    fn from(role: &Role) -> Self {
        Self {
            id: role.id.uuid(),
            name: role.name.to_string(),
            purpose: role.purpose.clone(),
            version: version_of(&role.clone().into()),
        }
    }
}
