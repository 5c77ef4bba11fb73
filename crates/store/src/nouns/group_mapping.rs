//! What a group of the directory gives.

use model::{Fact, Gives, GroupId, GroupMapping, GroupMappingId, RoleId, WorkspaceId};
use sea_orm::entity::prelude::*;

use crate::nouns::Noun;
use crate::{StoreError, text};

/// A row of `directory_group_mappings`: a role in the organization, or a workspace and a role in it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "directory_group_mappings")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub organization_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub group_id: Uuid,
    pub organization_role: Option<String>,
    pub workspace_id: Option<Uuid>,
    pub role_id: Option<Uuid>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Noun for Model {
    const TENANT: Column = Column::OrganizationId;

    fn row(organization: Uuid, fact: &Fact) -> Result<Option<Self>, StoreError> {
        let Fact::GroupMapping(f) = fact else { return Ok(None) };
        let (organization_role, place) = match f.gives {
            Gives::OrganizationRole { role } => (Some(text::word(&role)?), None),
            Gives::WorkspaceRole { workspace, role } => (None, Some((workspace, role))),
        };
        Ok(Some(Self {
            organization_id: organization,
            id: f.id.uuid(),
            group_id: f.group.uuid(),
            organization_role,
            workspace_id: place.map(|(workspace, _)| workspace.uuid()),
            role_id: place.map(|(_, role)| role.uuid()),
        }))
    }

    fn fact(self) -> Result<Fact, StoreError> {
        let gives = match (self.organization_role, self.workspace_id, self.role_id) {
            (Some(role), None, None) => Gives::OrganizationRole { role: text::of_word(&role)? },
            (None, Some(workspace), Some(role)) => Gives::WorkspaceRole {
                workspace: WorkspaceId::from_uuid(workspace),
                role: RoleId::from_uuid(role),
            },
            _ => return Err(StoreError::Corrupt(format!("what group mapping {} gives", self.id))),
        };
        Ok(Fact::GroupMapping(GroupMapping {
            id: GroupMappingId::from_uuid(self.id),
            group: GroupId::from_uuid(self.group_id),
            gives,
        }))
    }
}
