//! What one organization knows of a person. The person is in `person.rs`.

use model::{Fact, User, UserId};
use sea_orm::entity::prelude::*;

use crate::nouns::Noun;
use crate::{StoreError, text};

/// A row of `organization_users`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "organization_users")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub organization_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: Uuid,
    pub name: String,
    pub email: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Noun for Model {
    const TENANT: Column = Column::OrganizationId;

    fn row(organization: Uuid, fact: &Fact) -> Result<Option<Self>, StoreError> {
        let Fact::User(f) = fact else { return Ok(None) };
        Ok(Some(Self {
            organization_id: organization,
            user_id: f.id.uuid(),
            name: f.name.to_string(),
            email: f.email.clone(),
        }))
    }

    fn fact(self) -> Result<Fact, StoreError> {
        Ok(Fact::User(User {
            id: UserId::from_uuid(self.user_id),
            name: text::checked(&self.name)?,
            email: self.email,
        }))
    }
}
