//! Bringing the tables up to date.

use migrations::Migrator;
use sea_orm::{ConnectionTrait, DatabaseTransaction, TransactionTrait};
use sea_orm_migration::MigratorTrait;

use crate::connect::Turn;
use crate::writing::begin;
use crate::{Backend, Store, StoreError};

/// The lock that nodes started together queue for on PostgreSQL, so that one migrates and the others find it done. They
/// wait for as long as it takes.
const MIGRATING: &str = "set local lock_timeout = 0; set local statement_timeout = 0; select pg_advisory_xact_lock(7021900412559)";

impl Store {
    /// Applies what is missing, all of it or nothing, and returns the names. On PostgreSQL every table of a tenant is then
    /// closed by row-level security, one that a migration of another kind made too.
    pub async fn migrate(&self) -> Result<Vec<String>, StoreError> {
        let (transaction, _turn): (DatabaseTransaction, Turn) = begin(self, None).await?;
        if self.backend() == Backend::Postgres {
            transaction.execute_unprepared(MIGRATING).await?;
        }
        let names = missing(&transaction).await?;
        if !names.is_empty() {
            Migrator::up(&transaction, None).await?;
        }
        if self.backend() == Backend::Postgres {
            migrations::secure(&transaction).await?;
        }
        transaction.commit().await?;
        Ok(names)
    }

    /// The names of what [`Store::migrate`] would apply. Changes nothing.
    pub async fn pending(&self) -> Result<Vec<String>, StoreError> {
        let transaction = self.read().begin().await?;
        missing(&transaction).await
    }
}

async fn missing(transaction: &DatabaseTransaction) -> Result<Vec<String>, StoreError> {
    let pending = Migrator::get_pending_migrations_read_only(transaction).await?;
    Ok(pending.iter().map(|migration| migration.name().to_owned()).collect())
}
