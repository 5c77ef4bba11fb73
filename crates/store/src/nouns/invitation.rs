//! An agent's invitation to a workspace.

use model::{AgentId, Fact, Invitation, InvitationId, OrganizationId, UserId, WorkspaceId};
use sea_orm::entity::prelude::*;

use crate::nouns::Noun;
use crate::{StoreError, text};

/// A row of `invitations`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "invitations")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub organization_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub workspace_id: Uuid,
    pub agent_organization_id: Uuid,
    pub agent_id: Uuid,
    pub invited_by: Uuid,
    pub message: String,
    pub state: String,
    pub state_detail: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Noun for Model {
    const TENANT: Column = Column::OrganizationId;

    fn row(organization: Uuid, fact: &Fact) -> Result<Option<Self>, StoreError> {
        let Fact::Invitation(f) = fact else { return Ok(None) };
        let (state, state_detail) = text::state(&f.state)?;
        Ok(Some(Self {
            organization_id: organization,
            id: f.id.uuid(),
            workspace_id: f.workspace.uuid(),
            agent_organization_id: f.agent_organization.uuid(),
            agent_id: f.agent.uuid(),
            invited_by: f.invited_by.uuid(),
            message: f.message.clone(),
            state,
            state_detail,
        }))
    }

    fn fact(self) -> Result<Fact, StoreError> {
        Ok(Fact::Invitation(Invitation {
            id: InvitationId::from_uuid(self.id),
            workspace: WorkspaceId::from_uuid(self.workspace_id),
            agent_organization: OrganizationId::from_uuid(self.agent_organization_id),
            agent: AgentId::from_uuid(self.agent_id),
            invited_by: UserId::from_uuid(self.invited_by),
            message: self.message,
            state: text::of_state(self.state, self.state_detail.as_deref())?,
        }))
    }
}
