//! A person as the organization's directory tells of them.

use model::{DirectoryUser, Fact, UserId};
use sea_orm::entity::prelude::*;

use crate::nouns::Noun;
use crate::{StoreError, text};

/// A row of `directory_users`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "directory_users")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub organization_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: Uuid,
    pub user_name: String,
    /// The user name as it is compared, for the rule that it is unique.
    pub folded_name: String,
    pub external_id: Option<String>,
    pub attributes: String,
    pub role_without_groups: Option<String>,
    pub created_at: i64,
    pub modified_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Noun for Model {
    const TENANT: Column = Column::OrganizationId;

    fn row(organization: Uuid, fact: &Fact) -> Result<Option<Self>, StoreError> {
        let Fact::DirectoryUser(f) = fact else { return Ok(None) };
        Ok(Some(Self {
            organization_id: organization,
            user_id: f.user.uuid(),
            user_name: f.user_name.clone(),
            folded_name: DirectoryUser::folded(&f.user_name),
            external_id: f.external_id.clone(),
            attributes: text::json(&f.attributes)?,
            role_without_groups: f.role_without_groups.map(|role| text::word(&role)).transpose()?,
            created_at: text::micros(f.created_at),
            modified_at: text::micros(f.modified_at),
        }))
    }

    fn fact(self) -> Result<Fact, StoreError> {
        Ok(Fact::DirectoryUser(DirectoryUser {
            user: UserId::from_uuid(self.user_id),
            user_name: self.user_name,
            external_id: self.external_id,
            attributes: text::of_json(&self.attributes)?,
            role_without_groups: self.role_without_groups.as_deref().map(text::of_word).transpose()?,
            created_at: text::moment(self.created_at)?,
            modified_at: text::moment(self.modified_at)?,
        }))
    }
}
