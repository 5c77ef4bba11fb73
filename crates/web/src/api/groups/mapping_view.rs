use model::{Gives, GroupMapping, Snapshot};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::api::presented::Named;

/// What a group gives: a role in the organization, or a workspace and a role in it.
#[derive(Debug, Serialize, ToSchema)]
pub struct MappingView {
    /// Its id.
    pub id: Uuid,
    /// The role in the organization that it gives.
    pub organization_role: Option<&'static str>,
    /// The workspace that it lets into.
    pub workspace: Option<Named>,
    /// The role in that workspace.
    pub role: Option<Named>,
}

impl MappingView {
    /// A mapping as these facts show it.
    pub fn of(facts: &Snapshot, mapping: &GroupMapping) -> Self {
        let id = mapping.id.uuid();
        match mapping.gives {
            Gives::OrganizationRole { role } => {
                Self { id, organization_role: Some(role.as_str()), workspace: None, role: None }
            }
            Gives::WorkspaceRole { workspace, role } => {
                let name = facts.workspace(workspace).map(|workspace| workspace.name.to_string());
                let workspace = Named { id: workspace.uuid(), name: name.unwrap_or_default() };
                let name = facts.role(role).map(|role| role.name.to_string());
                let role = Named { id: role.uuid(), name: name.unwrap_or_default() };
                Self { id, organization_role: None, workspace: Some(workspace), role: Some(role) }
            }
        }
    }
}
