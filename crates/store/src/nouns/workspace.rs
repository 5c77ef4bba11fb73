//! A place of work.

use model::{Fact, Workspace, WorkspaceId};
use sea_orm::entity::prelude::*;

use crate::nouns::Noun;
use crate::{StoreError, text};

/// A row of `workspaces`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "workspaces")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub organization_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub slug: String,
    pub name: String,
    pub visibility: String,
    pub access_mode: String,
    pub guest_agents: bool,
    pub auto_accept_agents: bool,
    pub identity_mode: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Noun for Model {
    const TENANT: Column = Column::OrganizationId;

    fn row(organization: Uuid, fact: &Fact) -> Result<Option<Self>, StoreError> {
        let Fact::Workspace(f) = fact else { return Ok(None) };
        Ok(Some(Self {
            organization_id: organization,
            id: f.id.uuid(),
            slug: f.slug.to_string(),
            name: f.name.to_string(),
            visibility: text::word(&f.visibility)?,
            access_mode: text::word(&f.access_mode)?,
            guest_agents: f.guest_agents,
            auto_accept_agents: f.auto_accept_agents,
            identity_mode: f.identity_mode.as_ref().map(text::word).transpose()?,
        }))
    }

    fn fact(self) -> Result<Fact, StoreError> {
        Ok(Fact::Workspace(Workspace {
            id: WorkspaceId::from_uuid(self.id),
            slug: text::checked(&self.slug)?,
            name: text::checked(&self.name)?,
            visibility: text::of_word(&self.visibility)?,
            access_mode: text::of_word(&self.access_mode)?,
            guest_agents: self.guest_agents,
            auto_accept_agents: self.auto_accept_agents,
            identity_mode: self.identity_mode.as_deref().map(text::of_word).transpose()?,
        }))
    }
}
