//! Writing facts: under a permit, in one transaction with their changes and their evidence.

mod break_glass;
mod edits;
mod logout;
mod orphans;
mod routes;
mod setup_link;
mod sign_out;

use decision::{Permit, Record};
use model::{Change, Edit, OrganizationId, Revision, Timestamp, to_micros};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QuerySelect,
    SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait,
};

use crate::connect::Turn;
use crate::nouns::head;
use crate::tenancy::Sight;
use crate::{Backend, Letter, Sealer, Store, StoreError, changes, decisions, letters, text};

pub use break_glass::BreakGlassEdit;
pub use logout::{CountsOnce, ProviderLogout};
pub use sign_out::SignedOut;

/// A writing transaction on one organization. While it lives, no other begins on that organization: its revision
/// stands still. Dropped without [`Writing::commit`], it leaves nothing.
#[derive(Debug)]
pub struct Writing {
    organization: OrganizationId,
    revision: Revision,
    /// What was written before what is to be committed, as it is numbered.
    earlier: Vec<Change>,
    // Before the turn, because fields are dropped in order: the transaction has to end before the next one begins.
    transaction: DatabaseTransaction,
    _turn: Turn,
}

/// How long a writer on PostgreSQL waits for others, as the busy timeout says it on SQLite, and how long it may do
/// nothing: a node that was stopped half-way must not hold an organization's head for ever.
const PATIENCE: &str = "set local statement_timeout = '5s'; set local lock_timeout = '5s'; set local idle_in_transaction_session_timeout = '30s'";

/// Begins a transaction that will write to an organization, when it is this writer's turn. Without one it sees nobody's
/// rows.
pub(crate) async fn begin(
    store: &Store,
    organization: Option<OrganizationId>,
) -> Result<(DatabaseTransaction, Turn), StoreError> {
    let turn = store.turn().await;
    // Immediate: a transaction that began by reading could not be sure of the right to write, and fail half-way.
    let options = TransactionOptions {
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..TransactionOptions::default()
    };
    let transaction = store.write().begin_with_options(options).await?;
    if store.backend() == Backend::Postgres {
        let sight = organization.map(|id| Sight::Organization(id).statement()).unwrap_or_default();
        transaction.execute_unprepared(&(sight + PATIENCE)).await?;
    }
    Ok((transaction, turn))
}

impl Store {
    /// Begins to write to an organization, when all who began before are done.
    pub async fn begin(&self, organization: OrganizationId) -> Result<Writing, StoreError> {
        let (transaction, turn) = begin(self, Some(organization)).await?;
        let head = head::Entity::find_by_id(organization.uuid()).lock_exclusive().one(&transaction).await?;
        let head = head.ok_or_else(|| StoreError::conflict("organization"))?;
        let revision = Revision(text::unsigned(head.revision));
        Ok(Writing { organization, revision, earlier: Vec::new(), transaction, _turn: turn })
    }

    /// Begins an organization that does not exist yet, at revision 0. Its first edits have to create it.
    pub async fn begin_new(&self, organization: OrganizationId, slug: &str) -> Result<Writing, StoreError> {
        let (transaction, turn) = begin(self, Some(organization)).await?;
        refuse_retired(&transaction, slug).await?;
        let row = head::ActiveModel {
            organization_id: ActiveValue::Set(organization.uuid()),
            slug: ActiveValue::Set(slug.to_owned()),
            revision: ActiveValue::Set(0),
        };
        head::Entity::insert(row).exec_without_returning(&transaction).await?;
        Ok(Writing {
            organization,
            revision: Revision::default(),
            earlier: Vec::new(),
            transaction,
            _turn: turn,
        })
    }
}

/// The slug of an organization that is gone still stands in gateways and scripts somewhere: it is never another's.
async fn refuse_retired(transaction: &DatabaseTransaction, slug: &str) -> Result<(), StoreError> {
    let backend = transaction.get_database_backend();
    let find = "select slug from retired_slugs where slug = $1";
    let find = Statement::from_sql_and_values(backend, find, [slug.into()]);
    match transaction.query_one_raw(find).await? {
        Some(_) => Err(StoreError::conflict("slug")),
        None => Ok(()),
    }
}

impl Writing {
    /// The organization's revision, which stands still while this lives.
    pub fn revision(&self) -> Revision {
        self.revision
    }

    /// The changes after a revision, all of them: what brings a snapshot up to [`Writing::revision`].
    pub async fn changes_after(&mut self, after: Revision) -> Result<Vec<Change>, StoreError> {
        changes::after(&self.transaction, self.organization, after, u64::MAX).await
    }

    /// Signs these people out of the organization, with whatever is committed.
    pub async fn sign_out(&self, people: &[SignedOut]) -> Result<(), StoreError> {
        sign_out::these(&self.transaction, self.organization, people).await
    }

    /// Writes the edits, their changes and the evidence of the permit's decision, all or nothing. Returns the changes
    /// as written, at the next revision: what a snapshot has to apply.
    ///
    /// Refused are a permit of another organization or another revision, a record of another decision, an edit whose
    /// `before` is not what is stored, and edits that leave an agent which may act without an active owner. Who loses
    /// their membership by the edits is signed out with them. Without edits, the evidence alone is written and the
    /// revision stays.
    pub async fn commit(
        self,
        permit: Permit,
        edits: &[Edit],
        record: Record,
    ) -> Result<Vec<Change>, StoreError> {
        let took = record.duration_us;
        // Boxed: whoever waits for a change would otherwise hold the state of every statement of it, some kilobytes.
        Box::pin(self.commit_timed(permit, edits, record, || took)).await
    }

    /// The same, and the evidence has how long it took, in microseconds: asked when all is written and nothing is left
    /// but to commit, so that the time of a long cascade is in it.
    pub async fn commit_timed(
        mut self,
        permit: Permit,
        edits: &[Edit],
        record: Record,
        took_us: impl FnOnce() -> u64,
    ) -> Result<Vec<Change>, StoreError> {
        self.check(&permit, &record)?;
        let written = edits::write(&self.transaction, self.organization, edits).await?;
        let earlier: Vec<Edit> = self.earlier.iter().map(|change| change.edit.clone()).collect();
        for part in [&earlier, &written] {
            orphans::refuse(&self.transaction, self.organization, part).await?;
            sign_out::those_who_left(&self.transaction, self.organization, part).await?;
        }
        let last = self.number(written, &permit, &record);
        let mut changes = std::mem::take(&mut self.earlier);
        changes.extend(last);
        if !changes.is_empty() {
            self.move_head().await?;
            changes::write(&self.transaction, self.organization, &changes).await?;
        }
        let record = Record { duration_us: took_us(), ..record };
        decisions::write(&self.transaction, &record).await?;
        self.transaction.commit().await?;
        Ok(changes)
    }

    /// Writes edits under a permit of their own, and the evidence of its decision, before those that are committed: two
    /// things that are decided each by itself and done in one go. Without [`Writing::commit`] nothing of it stays.
    pub async fn write(&mut self, permit: Permit, edits: &[Edit], record: Record) -> Result<(), StoreError> {
        self.check(&permit, &record)?;
        let written = edits::write(&self.transaction, self.organization, edits).await?;
        let changes = self.number(written, &permit, &record);
        self.earlier.extend(changes);
        decisions::write(&self.transaction, &record).await
    }

    /// Encloses a letter: it waits to be sent once the transaction has committed, and never otherwise.
    pub async fn enclose(
        &mut self,
        sealer: &Sealer,
        id: uuid::Uuid,
        letter: &Letter,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        if sealer.organization() != self.organization {
            return Err(StoreError::Permit("the letter is another organization's"));
        }
        letters::put(&self.transaction, sealer, id, letter, at).await
    }

    /// Ends the transaction without a trace.
    pub async fn rollback(self) {
        if let Err(error) = self.transaction.rollback().await {
            // The database has dropped it, or will when the connection goes.
            tracing::debug!(%error, "rolling back");
        }
    }

    fn check(&self, permit: &Permit, record: &Record) -> Result<(), StoreError> {
        if permit.organization() != self.organization {
            return Err(StoreError::Permit("it is another organization's"));
        }
        if permit.revision() != self.revision {
            return Err(StoreError::Permit("it was decided on another revision"));
        }
        if record.decision != *permit.decision() {
            return Err(StoreError::Permit("the record is of another decision"));
        }
        Ok(())
    }

    fn number(&self, edits: Vec<Edit>, permit: &Permit, record: &Record) -> Vec<Change> {
        let number = |(position, edit)| Change {
            revision: self.revision.next(),
            position,
            at: to_micros(record.at),
            actor: permit.actor(),
            action: permit.action().name().to_owned(),
            decision: Some(record.id),
            edit,
        };
        let from = u32::try_from(self.earlier.len()).unwrap_or(u32::MAX);
        (from..).zip(edits).map(number).collect()
    }

    async fn move_head(&self) -> Result<(), StoreError> {
        let moved = head::Entity::update_many()
            .col_expr(head::Column::Revision, Expr::val(text::signed(self.revision.next().0)))
            .filter(head::Column::OrganizationId.eq(self.organization.uuid()))
            .filter(head::Column::Revision.eq(text::signed(self.revision.0)))
            .exec(&self.transaction)
            .await?;
        if moved.rows_affected == 1 {
            Ok(())
        } else {
            Err(StoreError::Corrupt(format!(
                "the head of organization {} moved under its lock",
                self.organization
            )))
        }
    }
}
