#![expect(unreachable_pub, reason = "what SeaORM derives is `pub`, so its rows have to be")]

use model::{Actor, Change, DecisionId, Edit, OrganizationId, PrincipalId, PrincipalKind, Revision, UserId};
use sea_orm::entity::prelude::*;
use sea_orm::{DatabaseTransaction, IntoActiveModel};

use crate::{StoreError, text};

/// Fourteen columns each: well below the 32,766 parameters that SQLite takes in one statement.
const ROWS_PER_STATEMENT: usize = 500;

/// A row of `changes`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "changes")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub organization_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub revision: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub position: i32,
    pub at: i64,
    pub action: String,
    pub actor_kind: Option<String>,
    pub actor_id: Option<Uuid>,
    pub owner_id: Option<Uuid>,
    pub key_id: Option<String>,
    pub kind: String,
    pub target: String,
    pub decision_id: Option<Uuid>,
    pub before: Option<String>,
    pub after: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    fn of(organization: OrganizationId, change: &Change) -> Result<Option<Self>, StoreError> {
        let Some(target) = change.edit.subject().map(model::Fact::target) else { return Ok(None) };
        let actor = &change.actor;
        Ok(Some(Self {
            organization_id: organization.uuid(),
            revision: text::signed(change.revision.0),
            position: i32::try_from(change.position).unwrap_or(i32::MAX),
            at: text::micros(change.at),
            action: change.action.clone(),
            actor_kind: actor.principal.map(|principal| principal.kind().as_str().to_owned()),
            actor_id: actor.principal.map(PrincipalId::uuid),
            owner_id: actor.owner.map(UserId::uuid),
            key_id: actor.key.map(|key| key.to_string()),
            kind: target.kind.as_str().to_owned(),
            target: target.id,
            decision_id: change.decision.map(DecisionId::uuid),
            before: change.edit.before.as_ref().map(text::json).transpose()?,
            after: change.edit.after.as_ref().map(text::json).transpose()?,
        }))
    }

    pub(super) fn change(self) -> Result<Change, StoreError> {
        Ok(Change {
            revision: Revision(text::unsigned(self.revision)),
            position: u32::try_from(self.position).unwrap_or(0),
            at: text::moment(self.at)?,
            actor: Actor {
                principal: principal(self.actor_kind.as_deref(), self.actor_id)?,
                owner: self.owner_id.map(UserId::from_uuid),
                key: self.key_id.as_deref().map(text::checked).transpose()?,
            },
            action: self.action,
            decision: self.decision_id.map(DecisionId::from_uuid),
            edit: Edit {
                before: self.before.as_deref().map(text::of_json).transpose()?,
                after: self.after.as_deref().map(text::of_json).transpose()?,
            },
        })
    }
}

/// The principal of a kind and an id, where there is one.
pub(crate) fn principal(kind: Option<&str>, id: Option<Uuid>) -> Result<Option<PrincipalId>, StoreError> {
    let (Some(kind), Some(id)) = (kind, id) else { return Ok(None) };
    let kind: PrincipalKind = text::of_word(kind)?;
    Ok(Some(PrincipalId::of(kind, id)))
}

/// Writes changes in their transaction.
pub(crate) async fn write(
    transaction: &DatabaseTransaction,
    organization: OrganizationId,
    changes: &[Change],
) -> Result<(), StoreError> {
    for chunk in changes.chunks(ROWS_PER_STATEMENT) {
        let mut rows = Vec::with_capacity(chunk.len());
        for change in chunk {
            rows.extend(Model::of(organization, change)?.map(IntoActiveModel::into_active_model));
        }
        Entity::insert_many(rows).exec_without_returning(transaction).await?;
    }
    Ok(())
}
