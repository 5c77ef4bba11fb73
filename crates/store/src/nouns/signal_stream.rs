//! A stream of signals from an identity provider.

use model::{Delivery, Fact, SecretId, SignalStream, SignalStreamId, UserId};
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
    pub poll_url: Option<String>,
    pub poll_secret_id: Option<Uuid>,
    pub push_token_hash: Option<Vec<u8>>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Noun for Model {
    const TENANT: Column = Column::OrganizationId;

    fn row(organization: Uuid, fact: &Fact) -> Result<Option<Self>, StoreError> {
        let Fact::SignalStream(f) = fact else { return Ok(None) };
        let (poll_url, poll_secret_id, push_token_hash) = match &f.delivery {
            Delivery::Push { token_hash } => (None, None, token_hash.map(|hash| hash.to_vec())),
            Delivery::Poll { url, secret } => (Some(url.clone()), Some(secret.uuid()), None),
        };
        Ok(Some(Self {
            organization_id: organization,
            id: f.id.uuid(),
            name: f.name.to_string(),
            issuer: f.issuer.clone(),
            audience: f.audience.clone(),
            jwks_url: f.jwks_url.clone(),
            created_at: text::micros(f.created_at),
            created_by: f.created_by.uuid(),
            poll_url,
            poll_secret_id,
            push_token_hash,
        }))
    }

    fn fact(self) -> Result<Fact, StoreError> {
        let delivery = match (self.poll_url, self.poll_secret_id) {
            (Some(url), Some(secret)) => Delivery::Poll { url, secret: SecretId::from_uuid(secret) },
            _ => {
                Delivery::Push { token_hash: self.push_token_hash.as_deref().map(text::digest).transpose()? }
            }
        };
        Ok(Fact::SignalStream(SignalStream {
            id: SignalStreamId::from_uuid(self.id),
            name: text::checked(&self.name)?,
            issuer: self.issuer,
            audience: self.audience,
            jwks_url: self.jwks_url,
            delivery,
            created_at: text::moment(self.created_at)?,
            created_by: UserId::from_uuid(self.created_by),
        }))
    }
}
