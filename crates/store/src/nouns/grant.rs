//! One line of a role.

use model::{Fact, Grant, GrantId, RoleId, ServerId};
use sea_orm::entity::prelude::*;

use crate::nouns::Noun;
use crate::{StoreError, text};

/// A row of `grants`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "grants")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub organization_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub role_id: Uuid,
    pub server_id: Uuid,
    pub tools: String,
    pub constraints: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Noun for Model {
    const TENANT: Column = Column::OrganizationId;

    fn row(organization: Uuid, fact: &Fact) -> Result<Option<Self>, StoreError> {
        let Fact::Grant(f) = fact else { return Ok(None) };
        Ok(Some(Self {
            organization_id: organization,
            id: f.id.uuid(),
            role_id: f.role.uuid(),
            server_id: f.server.uuid(),
            tools: f.tools.to_string(),
            constraints: text::json(&f.constraints)?,
        }))
    }

    fn fact(self) -> Result<Fact, StoreError> {
        Ok(Fact::Grant(Grant {
            id: GrantId::from_uuid(self.id),
            role: RoleId::from_uuid(self.role_id),
            server: ServerId::from_uuid(self.server_id),
            tools: text::checked(&self.tools)?,
            constraints: text::of_json(&self.constraints)?,
        }))
    }
}
