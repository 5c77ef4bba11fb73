//! A named set of grants.

use model::{Fact, Role, RoleId};
use sea_orm::entity::prelude::*;

use crate::nouns::Noun;
use crate::{StoreError, text};

/// A row of `roles`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "roles")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub organization_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub name: String,
    pub purpose: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Noun for Model {
    const TENANT: Column = Column::OrganizationId;

    fn row(organization: Uuid, fact: &Fact) -> Result<Option<Self>, StoreError> {
        let Fact::Role(f) = fact else { return Ok(None) };
        Ok(Some(Self {
            organization_id: organization,
            id: f.id.uuid(),
            name: f.name.to_string(),
            purpose: f.purpose.clone(),
        }))
    }

    fn fact(self) -> Result<Fact, StoreError> {
        Ok(Fact::Role(Role {
            id: RoleId::from_uuid(self.id),
            name: text::checked(&self.name)?,
            purpose: self.purpose,
        }))
    }
}
