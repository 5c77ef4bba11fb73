//! A way in through an identity provider.

use model::{Connection, ConnectionId, Fact};
use sea_orm::entity::prelude::*;

use crate::nouns::Noun;
use crate::{StoreError, text};

/// A row of `connections`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "connections")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub organization_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub name: String,
    pub issuer: String,
    pub terms: String,
    pub state: String,
    pub state_detail: Option<String>,
    pub proposal: Option<String>,
    pub created_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Noun for Model {
    const TENANT: Column = Column::OrganizationId;

    fn row(organization: Uuid, fact: &Fact) -> Result<Option<Self>, StoreError> {
        let Fact::Connection(f) = fact else { return Ok(None) };
        let (state, state_detail) = text::state(&f.state)?;
        Ok(Some(Self {
            organization_id: organization,
            id: f.id.uuid(),
            name: f.name.to_string(),
            issuer: f.terms.issuer.clone(),
            terms: text::json(&f.terms)?,
            state,
            state_detail,
            proposal: f.proposal.as_ref().map(text::json).transpose()?,
            created_at: text::micros(f.created_at),
        }))
    }

    fn fact(self) -> Result<Fact, StoreError> {
        Ok(Fact::Connection(Connection {
            id: ConnectionId::from_uuid(self.id),
            name: text::checked(&self.name)?,
            terms: text::of_json(&self.terms)?,
            state: text::of_state(self.state, self.state_detail.as_deref())?,
            proposal: self.proposal.as_deref().map(text::of_json).transpose()?,
            created_at: text::moment(self.created_at)?,
        }))
    }
}
