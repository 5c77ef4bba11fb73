//! A user in the organization.

use model::{Fact, OrganizationMembership, UserId};
use sea_orm::entity::prelude::*;

use crate::nouns::Noun;
use crate::{StoreError, text};

/// A row of `organization_memberships`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "organization_memberships")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub organization_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: Uuid,
    pub role: String,
    pub state: String,
    pub state_detail: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Noun for Model {
    const TENANT: Column = Column::OrganizationId;

    fn row(organization: Uuid, fact: &Fact) -> Result<Option<Self>, StoreError> {
        let Fact::OrganizationMembership(f) = fact else { return Ok(None) };
        let (state, state_detail) = text::state(&f.state)?;
        Ok(Some(Self {
            organization_id: organization,
            user_id: f.user.uuid(),
            role: text::word(&f.role)?,
            state,
            state_detail,
        }))
    }

    fn fact(self) -> Result<Fact, StoreError> {
        Ok(Fact::OrganizationMembership(OrganizationMembership {
            user: UserId::from_uuid(self.user_id),
            role: text::of_word(&self.role)?,
            state: text::of_state(self.state, self.state_detail.as_deref())?,
        }))
    }
}
