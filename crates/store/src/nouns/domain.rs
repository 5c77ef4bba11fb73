//! A domain of mail addresses.

use model::{Domain, DomainId, Fact};
use sea_orm::entity::prelude::*;

use crate::nouns::Noun;
use crate::{StoreError, text};

/// A row of `domains`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "domains")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub organization_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub name: String,
    pub challenge: String,
    pub state: String,
    pub state_detail: Option<String>,
    pub created_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Noun for Model {
    const TENANT: Column = Column::OrganizationId;

    fn row(organization: Uuid, fact: &Fact) -> Result<Option<Self>, StoreError> {
        let Fact::Domain(f) = fact else { return Ok(None) };
        let (state, state_detail) = text::state(&f.state)?;
        Ok(Some(Self {
            organization_id: organization,
            id: f.id.uuid(),
            name: f.name.to_string(),
            challenge: f.challenge.clone(),
            state,
            state_detail,
            created_at: text::micros(f.created_at),
        }))
    }

    fn fact(self) -> Result<Fact, StoreError> {
        Ok(Fact::Domain(Domain {
            id: DomainId::from_uuid(self.id),
            name: text::checked(&self.name)?,
            challenge: self.challenge,
            state: text::of_state(self.state, self.state_detail.as_deref())?,
            created_at: text::moment(self.created_at)?,
        }))
    }
}
