//! An agent, with the person who answers for it.

use model::{Agent, AgentId, Fact, UserId};
use sea_orm::entity::prelude::*;

use crate::nouns::Noun;
use crate::{StoreError, text};

/// A row of `agents`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "agents")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub organization_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub name: String,
    pub purpose: String,
    pub owner_id: Uuid,
    pub state: String,
    pub state_detail: Option<String>,
    pub scope: String,
    pub never: String,
    pub created_at: i64,
    pub created_by: Uuid,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Noun for Model {
    const TENANT: Column = Column::OrganizationId;

    fn row(organization: Uuid, fact: &Fact) -> Result<Option<Self>, StoreError> {
        let Fact::Agent(f) = fact else { return Ok(None) };
        let (state, state_detail) = text::state(&f.state)?;
        Ok(Some(Self {
            organization_id: organization,
            id: f.id.uuid(),
            name: f.name.to_string(),
            purpose: f.purpose.clone(),
            owner_id: f.owner.uuid(),
            state,
            state_detail,
            scope: text::json(&f.scope)?,
            never: text::json(&f.never)?,
            created_at: text::micros(f.created_at),
            created_by: f.created_by.uuid(),
        }))
    }

    fn fact(self) -> Result<Fact, StoreError> {
        Ok(Fact::Agent(Agent {
            id: AgentId::from_uuid(self.id),
            name: text::checked(&self.name)?,
            purpose: self.purpose,
            owner: UserId::from_uuid(self.owner_id),
            state: text::of_state(self.state, self.state_detail.as_deref())?,
            scope: text::of_json(&self.scope)?,
            never: text::of_json(&self.never)?,
            created_at: text::moment(self.created_at)?,
            created_by: UserId::from_uuid(self.created_by),
        }))
    }
}
