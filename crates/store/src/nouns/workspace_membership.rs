//! A user or robot in a workspace.

use model::{Fact, Member, RobotId, RoleId, UserId, WorkspaceId, WorkspaceMembership, WorkspaceMembershipId};
use sea_orm::entity::prelude::*;

use crate::StoreError;
use crate::nouns::Noun;

/// A row of `workspace_memberships`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "workspace_memberships")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub organization_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub workspace_id: Uuid,
    pub user_id: Option<Uuid>,
    pub robot_id: Option<Uuid>,
    pub role_id: Uuid,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Noun for Model {
    const TENANT: Column = Column::OrganizationId;

    fn row(organization: Uuid, fact: &Fact) -> Result<Option<Self>, StoreError> {
        let Fact::WorkspaceMembership(f) = fact else { return Ok(None) };
        let (user_id, robot_id) = match f.member {
            Member::User(id) => (Some(id.uuid()), None),
            Member::Robot(id) => (None, Some(id.uuid())),
        };
        Ok(Some(Self {
            organization_id: organization,
            id: f.id.uuid(),
            workspace_id: f.workspace.uuid(),
            user_id,
            robot_id,
            role_id: f.role.uuid(),
        }))
    }

    fn fact(self) -> Result<Fact, StoreError> {
        let member = match (self.user_id, self.robot_id) {
            (Some(id), None) => Member::User(UserId::from_uuid(id)),
            (None, Some(id)) => Member::Robot(RobotId::from_uuid(id)),
            _ => return Err(StoreError::Corrupt(format!("the member of workspace membership {}", self.id))),
        };
        Ok(Fact::WorkspaceMembership(WorkspaceMembership {
            id: WorkspaceMembershipId::from_uuid(self.id),
            workspace: WorkspaceId::from_uuid(self.workspace_id),
            member,
            role: RoleId::from_uuid(self.role_id),
        }))
    }
}
