//! An enforcement point.

use model::{Fact, Gateway, GatewayId};
use sea_orm::entity::prelude::*;

use crate::nouns::Noun;
use crate::{StoreError, text};

/// A row of `gateways`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "gateways")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub organization_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub name: String,
    pub state: String,
    pub state_detail: Option<String>,
    pub may_assert_subjects: bool,
    pub allows_unseen_tools: bool,
    pub created_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Noun for Model {
    const TENANT: Column = Column::OrganizationId;

    fn row(organization: Uuid, fact: &Fact) -> Result<Option<Self>, StoreError> {
        let Fact::Gateway(f) = fact else { return Ok(None) };
        let (state, state_detail) = text::state(&f.state)?;
        Ok(Some(Self {
            organization_id: organization,
            id: f.id.uuid(),
            name: f.name.to_string(),
            state,
            state_detail,
            may_assert_subjects: f.may_assert_subjects,
            allows_unseen_tools: f.allows_unseen_tools,
            created_at: text::micros(f.created_at),
        }))
    }

    fn fact(self) -> Result<Fact, StoreError> {
        Ok(Fact::Gateway(Gateway {
            id: GatewayId::from_uuid(self.id),
            name: text::checked(&self.name)?,
            state: text::of_state(self.state, self.state_detail.as_deref())?,
            may_assert_subjects: self.may_assert_subjects,
            allows_unseen_tools: self.allows_unseen_tools,
            created_at: text::moment(self.created_at)?,
        }))
    }
}
