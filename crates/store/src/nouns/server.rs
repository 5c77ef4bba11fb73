//! A tool provider.

use model::{Fact, Server, ServerId};
use sea_orm::entity::prelude::*;

use crate::nouns::Noun;
use crate::{StoreError, text};

/// A row of `servers`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "servers")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub organization_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub slug: String,
    pub name: String,
    pub url: Option<String>,
    pub credential_mode: String,
    pub identity_mode: String,
    pub state: String,
    pub state_detail: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Noun for Model {
    const TENANT: Column = Column::OrganizationId;

    fn row(organization: Uuid, fact: &Fact) -> Result<Option<Self>, StoreError> {
        let Fact::Server(f) = fact else { return Ok(None) };
        let (state, state_detail) = text::state(&f.state)?;
        Ok(Some(Self {
            organization_id: organization,
            id: f.id.uuid(),
            slug: f.slug.to_string(),
            name: f.name.to_string(),
            url: f.url.clone(),
            credential_mode: text::word(&f.credential_mode)?,
            identity_mode: text::word(&f.identity_mode)?,
            state,
            state_detail,
        }))
    }

    fn fact(self) -> Result<Fact, StoreError> {
        Ok(Fact::Server(Server {
            id: ServerId::from_uuid(self.id),
            slug: text::checked(&self.slug)?,
            name: text::checked(&self.name)?,
            url: self.url,
            credential_mode: text::of_word(&self.credential_mode)?,
            identity_mode: text::of_word(&self.identity_mode)?,
            state: text::of_state(self.state, self.state_detail.as_deref())?,
        }))
    }
}
