//! A service account.

use model::{Fact, Robot, RobotId, UserId};
use sea_orm::entity::prelude::*;

use crate::nouns::Noun;
use crate::{StoreError, text};

/// A row of `robots`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "robots")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub organization_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub name: String,
    pub purpose: String,
    pub stewards: String,
    pub state: String,
    pub state_detail: Option<String>,
    pub created_at: i64,
    pub created_by: Uuid,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Noun for Model {
    const TENANT: Column = Column::OrganizationId;

    fn row(organization: Uuid, fact: &Fact) -> Result<Option<Self>, StoreError> {
        let Fact::Robot(f) = fact else { return Ok(None) };
        let (state, state_detail) = text::state(&f.state)?;
        Ok(Some(Self {
            organization_id: organization,
            id: f.id.uuid(),
            name: f.name.to_string(),
            purpose: f.purpose.clone(),
            stewards: text::json(&f.stewards)?,
            state,
            state_detail,
            created_at: text::micros(f.created_at),
            created_by: f.created_by.uuid(),
        }))
    }

    fn fact(self) -> Result<Fact, StoreError> {
        Ok(Fact::Robot(Robot {
            id: RobotId::from_uuid(self.id),
            name: text::checked(&self.name)?,
            purpose: self.purpose,
            stewards: text::of_json(&self.stewards)?,
            state: text::of_state(self.state, self.state_detail.as_deref())?,
            created_at: text::moment(self.created_at)?,
            created_by: UserId::from_uuid(self.created_by),
        }))
    }
}
