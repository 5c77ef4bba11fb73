//! No agent that may act is ever without an active owner.

use std::collections::BTreeSet;

use model::{Edit, Fact, OrganizationId, UserId};
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use crate::StoreError;
use crate::nouns::{agent, organization_membership};

/// Owners looked at in one statement; a parameter each.
const OWNERS_PER_STATEMENT: usize = 1_000;

/// Refuses edits after which an agent that is live or paused belongs to a person who is no active member.
///
/// Asked of the tables after all edits, so it holds whichever side an edit moved, and whatever the cascade that should
/// have come with it forgot.
pub(super) async fn refuse(
    transaction: &DatabaseTransaction,
    organization: OrganizationId,
    edits: &[Edit],
) -> Result<(), StoreError> {
    let concerned: Vec<Uuid> =
        edits.iter().flat_map(owners).map(UserId::uuid).collect::<BTreeSet<_>>().into_iter().collect();
    for owners in concerned.chunks(OWNERS_PER_STATEMENT) {
        let active = active(transaction, organization, owners).await?;
        let inactive = owners.iter().copied().filter(|owner| !active.contains(owner));
        let orphan = agent::Entity::find()
            .filter(agent::Column::OrganizationId.eq(organization.uuid()))
            .filter(agent::Column::OwnerId.is_in(inactive))
            .filter(agent::Column::State.is_in(["live", "paused"]))
            .one(transaction)
            .await?;
        if orphan.is_some() {
            return Err(StoreError::conflict("owner"));
        }
    }
    Ok(())
}

/// The people whose agents an edit may orphan.
fn owners(edit: &Edit) -> impl Iterator<Item = UserId> {
    let of = |fact: Option<&Fact>| match fact {
        Some(Fact::Agent(agent)) => Some(agent.owner),
        Some(Fact::OrganizationMembership(membership)) => Some(membership.user),
        _ => None,
    };
    of(edit.before.as_ref()).into_iter().chain(of(edit.after.as_ref()))
}

/// Those of them who are active members.
async fn active(
    transaction: &DatabaseTransaction,
    organization: OrganizationId,
    users: &[Uuid],
) -> Result<BTreeSet<Uuid>, StoreError> {
    use organization_membership::Column;
    let active: Vec<Uuid> = organization_membership::Entity::find()
        .select_only()
        .column(Column::UserId)
        .filter(Column::OrganizationId.eq(organization.uuid()))
        .filter(Column::UserId.is_in(users.iter().copied()))
        .filter(Column::State.eq("active"))
        .into_tuple()
        .all(transaction)
        .await?;
    Ok(active.into_iter().collect())
}
