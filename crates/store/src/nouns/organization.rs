//! The organization itself.

use model::{Fact, Organization, OrganizationId};
use sea_orm::entity::prelude::*;

use crate::nouns::Noun;
use crate::{StoreError, text};

/// A row of `organizations`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "organizations")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub organization_id: Uuid,
    pub slug: String,
    pub name: String,
    pub state: String,
    pub state_detail: Option<String>,
    pub stop: String,
    pub stop_detail: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Noun for Model {
    const TENANT: Column = Column::OrganizationId;

    fn row(organization: Uuid, fact: &Fact) -> Result<Option<Self>, StoreError> {
        let Fact::Organization(f) = fact else { return Ok(None) };
        if f.id.uuid() != organization {
            return Err(StoreError::Permit("another organization's"));
        }
        let (state, state_detail) = text::state(&f.state)?;
        let (stop, stop_detail) = text::state(&f.stop)?;
        Ok(Some(Self {
            organization_id: organization,
            slug: f.slug.to_string(),
            name: f.name.to_string(),
            state,
            state_detail,
            stop,
            stop_detail,
        }))
    }

    fn fact(self) -> Result<Fact, StoreError> {
        Ok(Fact::Organization(Organization {
            id: OrganizationId::from_uuid(self.organization_id),
            slug: text::checked(&self.slug)?,
            name: text::checked(&self.name)?,
            state: text::of_state(self.state, self.state_detail.as_deref())?,
            stop: text::of_state(self.stop, self.stop_detail.as_deref())?,
        }))
    }
}
