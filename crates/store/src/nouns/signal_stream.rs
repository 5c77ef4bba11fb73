//! A stream of signals from an identity provider.

use model::{Fact, SignalStream, SignalStreamId, UserId};
use sea_orm::entity::prelude::*;

use crate::nouns::Noun;
use crate::{StoreError, text};

/// A row of `signal_streams`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "signal_streams")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub organization_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub name: String,
    pub issuer: String,
    pub audience: String,
    pub jwks_url: String,
    pub created_at: i64,
    pub created_by: Uuid,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Noun for Model {
    const TENANT: Column = Column::OrganizationId;

    fn row(organization: Uuid, fact: &Fact) -> Result<Option<Self>, StoreError> {
        let Fact::SignalStream(f) = fact else { return Ok(None) };
        Ok(Some(Self {
            organization_id: organization,
            id: f.id.uuid(),
            name: f.name.to_string(),
            issuer: f.issuer.clone(),
            audience: f.audience.clone(),
            jwks_url: f.jwks_url.clone(),
            created_at: text::micros(f.created_at),
            created_by: f.created_by.uuid(),
        }))
    }

    fn fact(self) -> Result<Fact, StoreError> {
        Ok(Fact::SignalStream(SignalStream {
            id: SignalStreamId::from_uuid(self.id),
            name: text::checked(&self.name)?,
            issuer: self.issuer,
            audience: self.audience,
            jwks_url: self.jwks_url,
            created_at: text::moment(self.created_at)?,
            created_by: UserId::from_uuid(self.created_by),
        }))
    }
}
