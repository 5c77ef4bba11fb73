//! A person's invitation to the organization.

use model::{Fact, MemberInvitation, MemberInvitationId, UserId};
use sea_orm::entity::prelude::*;

use crate::nouns::Noun;
use crate::{StoreError, text};

/// A row of `member_invitations`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "member_invitations")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub organization_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub email: Option<String>,
    pub role: String,
    pub places: String,
    pub invited_by: Uuid,
    pub created_at: i64,
    pub ends_at: i64,
    pub hash: Vec<u8>,
    pub state: String,
    pub state_detail: Option<String>,
    pub accepts_identity: bool,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Noun for Model {
    const TENANT: Column = Column::OrganizationId;

    fn row(organization: Uuid, fact: &Fact) -> Result<Option<Self>, StoreError> {
        let Fact::MemberInvitation(f) = fact else { return Ok(None) };
        let (state, state_detail) = text::state(&f.state)?;
        Ok(Some(Self {
            organization_id: organization,
            id: f.id.uuid(),
            email: f.email.clone(),
            role: text::word(&f.role)?,
            places: text::json(&f.places)?,
            invited_by: f.invited_by.uuid(),
            created_at: text::micros(f.created_at),
            ends_at: text::micros(f.ends_at),
            hash: f.hash.to_vec(),
            state,
            state_detail,
            accepts_identity: f.accepts_identity,
        }))
    }

    fn fact(self) -> Result<Fact, StoreError> {
        Ok(Fact::MemberInvitation(MemberInvitation {
            id: MemberInvitationId::from_uuid(self.id),
            email: self.email,
            role: text::of_word(&self.role)?,
            places: text::of_json(&self.places)?,
            invited_by: UserId::from_uuid(self.invited_by),
            created_at: text::moment(self.created_at)?,
            ends_at: text::moment(self.ends_at)?,
            hash: text::digest(&self.hash)?,
            state: text::of_state(self.state, self.state_detail.as_deref())?,
            accepts_identity: self.accepts_identity,
        }))
    }
}
