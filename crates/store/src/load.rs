//! Snapshots, rebuilt from the tables or folded from the changes.

use futures_util::{FutureExt, TryStreamExt};
use model::{Edit, FactKind, OrganizationId, Revision, Snapshot};
use sea_orm::{
    AccessMode, ConnectionTrait, DatabaseTransaction, EntityTrait, IsolationLevel, QueryFilter,
    TransactionTrait,
};

use crate::nouns::{EntityOf, Noun, head, with_noun};
use crate::tenancy::{Sight, of, see};
use crate::{Backend, Store, StoreError, text};

/// A large organization, read whole, takes longer than a statement usually may.
const WHOLE: &str = "set local statement_timeout = '60s'";

impl Store {
    /// The organization's facts as they are now, with their revision, in one consistent read. None: there is no such
    /// organization.
    pub async fn load(&self, organization: OrganizationId) -> Result<Option<Snapshot>, StoreError> {
        let transaction = self.begin_reading(organization).await?;
        let Some(head) = head::Entity::find_by_id(organization.uuid()).one(&transaction).await? else {
            return Ok(None);
        };
        let mut snapshot = Snapshot::default();
        for kind in FactKind::ALL {
            // Boxed, as in `writing::edits`: one state machine of sixteen kinds is more than the optimizer can take.
            with_noun!(kind, Row => learn::<Row>(&transaction, organization, &mut snapshot).boxed()).await?;
        }
        Ok(Some(snapshot.at(Revision(text::unsigned(head.revision)))))
    }

    /// The organization's facts as they were at a revision, folded from the changes. None: there is no such
    /// organization, or it has not come so far.
    pub async fn snapshot_at(
        &self,
        organization: OrganizationId,
        revision: Revision,
    ) -> Result<Option<Snapshot>, StoreError> {
        let transaction = self.begin_reading(organization).await?;
        let head = head::Entity::find_by_id(organization.uuid()).one(&transaction).await?;
        if head.is_none_or(|head| text::unsigned(head.revision) < revision.0) {
            return Ok(None);
        }
        let mut snapshot = Snapshot::default();
        crate::changes::each_until(&transaction, organization, revision, |change| snapshot.apply(&change))
            .await?;
        Ok(Some(snapshot.at(revision)))
    }

    /// A transaction that sees one state of the database from its first statement to its last. It ends when dropped.
    async fn begin_reading(&self, organization: OrganizationId) -> Result<DatabaseTransaction, StoreError> {
        let transaction = match self.backend() {
            // In write-ahead logging, every transaction of SQLite is such a one.
            Backend::Sqlite => self.read().begin().await?,
            Backend::Postgres => {
                let (isolation, access) = (IsolationLevel::RepeatableRead, AccessMode::ReadOnly);
                self.read().begin_with_config(Some(isolation), Some(access)).await?
            }
        };
        see(&transaction, Sight::Organization(organization)).await?;
        if self.backend() == Backend::Postgres {
            transaction.execute_unprepared(WHOLE).await?;
        }
        Ok(transaction)
    }
}

/// Takes every row of one table into the snapshot. Row by row: a million grants need not be held twice.
async fn learn<R: Noun>(
    transaction: &DatabaseTransaction,
    organization: OrganizationId,
    snapshot: &mut Snapshot,
) -> Result<(), StoreError> {
    let mut rows = EntityOf::<R>::find().filter(of(R::TENANT, organization)).stream(transaction).await?;
    while let Some(row) = rows.try_next().await? {
        snapshot.edit(&Edit { before: None, after: Some(row.fact()?) });
    }
    Ok(())
}
