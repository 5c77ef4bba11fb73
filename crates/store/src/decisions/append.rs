//! The hot path: many records, one commit.
//!
//! Written past SeaORM, which would build and plan each statement anew. Both ways skip a record that is already there,
//! so that a recorder which lost the connection at the moment of a commit may send the same records again.

use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

use decision::Record;
use rusqlite::TransactionBehavior;
use sqlx::postgres::PgArguments;
use sqlx::{AssertSqlSafe, PgPool};

use super::row::{COLUMNS, Model, bind_columns, rows};
use crate::connect::{Lane, Recorder};
use crate::tenancy::recording;
use crate::{Store, StoreError};

/// Rows in one statement on PostgreSQL: a few megabytes of arrays, a fraction of a second of work.
const POSTGRES_ROWS: usize = 5_000;

/// The statement of SQLite: a row.
static INSERT: LazyLock<String> = LazyLock::new(sqlite_insert);
/// The statement of PostgreSQL: a parameter per column, each an array.
static UNNEST: LazyLock<Arc<str>> = LazyLock::new(postgres_insert);

fn sqlite_insert() -> String {
    let (columns, values) = (COLUMNS.join(","), vec!["?"; COLUMNS.len()].join(","));
    format!(
        "insert into decisions ({columns}) values ({values}) on conflict (organization_id, id) do nothing"
    )
}

fn postgres_insert() -> Arc<str> {
    let parameters: Vec<String> = (1..=COLUMNS.len()).map(|number| format!("${number}")).collect();
    let (columns, parameters) = (COLUMNS.join(","), parameters.join(","));
    format!(
        "insert into decisions ({columns}) select * from unnest({parameters}) \
         on conflict (organization_id, id) do nothing"
    )
    .into()
}

impl Store {
    /// Records decisions: all of them durable when this returns, or none. A record that is already there is skipped.
    ///
    /// Costs one flush to disk, so it is meant for groups: the more records, the less each costs. On SQLite the thread
    /// that asks does the work and waits for the disk, so it has to be one that nothing else needs.
    pub async fn append<'r>(&self, records: impl IntoIterator<Item = &'r Record>) -> Result<(), StoreError> {
        let mut all = Vec::new();
        for record in records {
            all.extend(rows(record)?);
        }
        if all.is_empty() {
            return Ok(());
        }
        match self.lane() {
            Lane::Sqlite(recorder) => append_sqlite(&mut *recorder.lock().await, &all),
            Lane::Postgres(pool) => append_postgres(pool, all).await,
        }
    }
}

/// Out of the recorder while in use: after an error the connection is dropped, whatever state it is in, and with it what
/// was begun.
fn append_sqlite(recorder: &mut Recorder, rows: &[Model]) -> Result<(), StoreError> {
    let mut connection = recorder.take()?;
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut insert = transaction.prepare_cached(&INSERT)?;
    for row in rows {
        row.bind(&mut insert)?;
        insert.raw_execute()?;
    }
    drop(insert);
    transaction.commit()?;
    recorder.keep(connection);
    Ok(())
}

async fn append_postgres(pool: &PgPool, mut rows: Vec<Model>) -> Result<(), StoreError> {
    // Beginning and saying whose rows these are is one message. With the commit that is two ways there and back more than
    // a statement alone, which is what security costs a commit here.
    let organizations: BTreeSet<_> = rows.iter().map(|row| row.organization_id).collect();
    let mut transaction = pool.begin_with(AssertSqlSafe(recording(organizations))).await?;
    while !rows.is_empty() {
        let rest = rows.split_off(POSTGRES_ROWS.min(rows.len()));
        unnest(std::mem::replace(&mut rows, rest))?.execute(&mut *transaction).await?;
    }
    Ok(transaction.commit().await?)
}

fn unnest(rows: Vec<Model>) -> Result<sqlx::query::Query<'static, sqlx::Postgres, PgArguments>, StoreError> {
    let arguments = bind_columns(rows).map_err(StoreError::unavailable)?;
    Ok(sqlx::query_with(AssertSqlSafe(Arc::clone(&UNNEST)), arguments))
}
