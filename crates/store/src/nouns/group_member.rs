//! A person in a group of the directory.

use model::{Fact, GroupId, GroupMember, UserId};
use sea_orm::entity::prelude::*;

use crate::StoreError;
use crate::nouns::Noun;

/// A row of `directory_group_members`.
#[expect(
    clippy::struct_field_names,
    reason = "the columns are ids because being in a group is nothing but a pair"
)]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "directory_group_members")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub organization_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub group_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: Uuid,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Noun for Model {
    const TENANT: Column = Column::OrganizationId;

    fn row(organization: Uuid, fact: &Fact) -> Result<Option<Self>, StoreError> {
        let Fact::GroupMember(f) = fact else { return Ok(None) };
        Ok(Some(Self { organization_id: organization, group_id: f.group.uuid(), user_id: f.user.uuid() }))
    }

    fn fact(self) -> Result<Fact, StoreError> {
        Ok(Fact::GroupMember(GroupMember {
            group: GroupId::from_uuid(self.group_id),
            user: UserId::from_uuid(self.user_id),
        }))
    }
}
