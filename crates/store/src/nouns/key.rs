//! A hashed secret.

use model::{AgentId, Fact, GatewayId, Holder, Key, OrganizationId, RobotId, UserId};
use sea_orm::entity::prelude::*;

use crate::nouns::Noun;
use crate::{StoreError, text};

/// A row of `keys`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "keys")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub organization_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub holder_kind: String,
    pub holder_id: Uuid,
    pub name: String,
    pub hash: Vec<u8>,
    pub state: String,
    pub state_detail: Option<String>,
    pub created_at: i64,
    pub created_by: Option<Uuid>,
    pub expires_at: i64,
    pub replaces: Option<String>,
    pub limits: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Noun for Model {
    const TENANT: Column = Column::OrganizationId;

    fn row(organization: Uuid, fact: &Fact) -> Result<Option<Self>, StoreError> {
        let Fact::Key(f) = fact else { return Ok(None) };
        let (state, state_detail) = text::state(&f.state)?;
        Ok(Some(Self {
            organization_id: organization,
            id: f.id.to_string(),
            holder_kind: f.holder.as_str().to_owned(),
            holder_id: f.holder.uuid(),
            name: f.name.to_string(),
            hash: f.hash.to_vec(),
            state,
            state_detail,
            created_at: text::micros(f.created_at),
            created_by: f.created_by.map(UserId::uuid),
            expires_at: text::micros(f.expires_at),
            replaces: f.replaces.map(|id| id.to_string()),
            limits: text::json(&f.limits)?,
        }))
    }

    fn fact(self) -> Result<Fact, StoreError> {
        Ok(Fact::Key(Key {
            id: text::checked(&self.id)?,
            holder: holder(&self.holder_kind, self.holder_id)?,
            name: text::checked(&self.name)?,
            hash: text::digest(&self.hash)?,
            state: text::of_state(self.state, self.state_detail.as_deref())?,
            created_at: text::moment(self.created_at)?,
            created_by: self.created_by.map(UserId::from_uuid),
            expires_at: text::moment(self.expires_at)?,
            replaces: self.replaces.as_deref().map(text::checked).transpose()?,
            limits: text::of_json(&self.limits)?,
        }))
    }
}

fn holder(kind: &str, id: Uuid) -> Result<Holder, StoreError> {
    Ok(match kind {
        "agent" => Holder::Agent(AgentId::from_uuid(id)),
        "robot" => Holder::Robot(RobotId::from_uuid(id)),
        "gateway" => Holder::Gateway(GatewayId::from_uuid(id)),
        "user" => Holder::User(UserId::from_uuid(id)),
        "directory" => Holder::Directory(OrganizationId::from_uuid(id)),
        _ => return Err(StoreError::Corrupt(format!("`{kind}` as a holder of keys"))),
    })
}
