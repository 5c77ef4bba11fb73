//! A group of the organization's directory.

use model::{Fact, Group, GroupId};
use sea_orm::entity::prelude::*;

use crate::nouns::Noun;
use crate::{StoreError, text};

/// A row of `directory_groups`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "directory_groups")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub organization_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub name: String,
    pub external_id: Option<String>,
    pub created_at: i64,
    pub modified_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Noun for Model {
    const TENANT: Column = Column::OrganizationId;

    fn row(organization: Uuid, fact: &Fact) -> Result<Option<Self>, StoreError> {
        let Fact::Group(f) = fact else { return Ok(None) };
        Ok(Some(Self {
            organization_id: organization,
            id: f.id.uuid(),
            name: f.name.to_string(),
            external_id: f.external_id.clone(),
            created_at: text::micros(f.created_at),
            modified_at: text::micros(f.modified_at),
        }))
    }

    fn fact(self) -> Result<Fact, StoreError> {
        Ok(Fact::Group(Group {
            id: GroupId::from_uuid(self.id),
            name: text::checked(&self.name)?,
            external_id: self.external_id,
            created_at: text::moment(self.created_at)?,
            modified_at: text::moment(self.modified_at)?,
        }))
    }
}
