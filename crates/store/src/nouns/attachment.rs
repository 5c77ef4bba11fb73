//! A server offered in a workspace.

use model::{Attachment, Fact, ServerId, WorkspaceId};
use sea_orm::entity::prelude::*;

use crate::StoreError;
use crate::nouns::Noun;

/// A row of `attachments`.
#[expect(
    clippy::struct_field_names,
    reason = "the columns are ids because an attachment is nothing but a pair"
)]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "attachments")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub organization_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub workspace_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub server_id: Uuid,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Noun for Model {
    const TENANT: Column = Column::OrganizationId;

    fn row(organization: Uuid, fact: &Fact) -> Result<Option<Self>, StoreError> {
        let Fact::Attachment(f) = fact else { return Ok(None) };
        Ok(Some(Self {
            organization_id: organization,
            workspace_id: f.workspace.uuid(),
            server_id: f.server.uuid(),
        }))
    }

    fn fact(self) -> Result<Fact, StoreError> {
        Ok(Fact::Attachment(Attachment {
            workspace: WorkspaceId::from_uuid(self.workspace_id),
            server: ServerId::from_uuid(self.server_id),
        }))
    }
}
