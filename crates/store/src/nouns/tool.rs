//! One operation of a server.

use model::{DefinitionHash, Fact, ServerId, Tool, ToolId};
use sea_orm::entity::prelude::*;

use crate::nouns::Noun;
use crate::{StoreError, text};

/// A row of `tools`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "tools")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub organization_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub server_id: Uuid,
    pub name: String,
    pub title: String,
    pub risk: String,
    pub definition: Vec<u8>,
    pub reviewed: Option<Vec<u8>>,
    pub state: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Noun for Model {
    const TENANT: Column = Column::OrganizationId;

    fn row(organization: Uuid, fact: &Fact) -> Result<Option<Self>, StoreError> {
        let Fact::Tool(f) = fact else { return Ok(None) };
        Ok(Some(Self {
            organization_id: organization,
            id: f.id.uuid(),
            server_id: f.server.uuid(),
            name: f.name.to_string(),
            title: f.title.clone(),
            risk: text::word(&f.risk)?,
            definition: f.definition.0.to_vec(),
            reviewed: f.reviewed.map(|hash| hash.0.to_vec()),
            state: text::word(&f.state)?,
        }))
    }

    fn fact(self) -> Result<Fact, StoreError> {
        Ok(Fact::Tool(Tool {
            id: ToolId::from_uuid(self.id),
            server: ServerId::from_uuid(self.server_id),
            name: text::checked(&self.name)?,
            title: self.title,
            risk: text::of_word(&self.risk)?,
            definition: text::digest(&self.definition).map(DefinitionHash)?,
            reviewed: self.reviewed.as_deref().map(text::digest).transpose()?.map(DefinitionHash),
            state: text::of_word(&self.state)?,
        }))
    }
}
