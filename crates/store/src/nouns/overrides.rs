//! A narrowing of an agent in a workspace.

use model::{AgentId, Fact, OrganizationId, Override, OverrideId, WorkspaceId};
use sea_orm::entity::prelude::*;

use crate::nouns::Noun;
use crate::{StoreError, text};

/// A row of `overrides`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "overrides")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub organization_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub workspace_id: Uuid,
    pub agent_organization_id: Uuid,
    pub agent_id: Uuid,
    pub blocked: bool,
    pub denied: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Noun for Model {
    const TENANT: Column = Column::OrganizationId;

    fn row(organization: Uuid, fact: &Fact) -> Result<Option<Self>, StoreError> {
        let Fact::Override(f) = fact else { return Ok(None) };
        Ok(Some(Self {
            organization_id: organization,
            id: f.id.uuid(),
            workspace_id: f.workspace.uuid(),
            agent_organization_id: f.agent_organization.uuid(),
            agent_id: f.agent.uuid(),
            blocked: f.blocked,
            denied: text::json(&f.denied)?,
        }))
    }

    fn fact(self) -> Result<Fact, StoreError> {
        Ok(Fact::Override(Override {
            id: OverrideId::from_uuid(self.id),
            workspace: WorkspaceId::from_uuid(self.workspace_id),
            agent_organization: OrganizationId::from_uuid(self.agent_organization_id),
            agent: AgentId::from_uuid(self.agent_id),
            blocked: self.blocked,
            denied: text::of_json(&self.denied)?,
        }))
    }
}
