//! An account of another organization's provider by which a person comes in.

use model::{AcceptedIdentity, AcceptedIdentityId, ConnectionId, Fact, UserId};
use sea_orm::entity::prelude::*;

use crate::nouns::Noun;
use crate::{StoreError, text};

/// A row of `accepted_identities`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "accepted_identities")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub organization_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub user_id: Uuid,
    pub connection_id: Uuid,
    pub issuer: String,
    pub subject: String,
    pub voucher: Vec<u8>,
    pub accepted_by: Uuid,
    pub accepted_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Noun for Model {
    const TENANT: Column = Column::OrganizationId;

    fn row(organization: Uuid, fact: &Fact) -> Result<Option<Self>, StoreError> {
        let Fact::AcceptedIdentity(f) = fact else { return Ok(None) };
        Ok(Some(Self {
            organization_id: organization,
            id: f.id.uuid(),
            user_id: f.user.uuid(),
            connection_id: f.connection.uuid(),
            issuer: f.issuer.clone(),
            subject: f.subject.clone(),
            voucher: f.voucher.to_vec(),
            accepted_by: f.accepted_by.uuid(),
            accepted_at: text::micros(f.accepted_at),
        }))
    }

    fn fact(self) -> Result<Fact, StoreError> {
        Ok(Fact::AcceptedIdentity(AcceptedIdentity {
            id: AcceptedIdentityId::from_uuid(self.id),
            user: UserId::from_uuid(self.user_id),
            connection: ConnectionId::from_uuid(self.connection_id),
            issuer: self.issuer,
            subject: self.subject,
            voucher: text::digest(&self.voucher)?,
            accepted_by: UserId::from_uuid(self.accepted_by),
            accepted_at: text::moment(self.accepted_at)?,
        }))
    }
}
