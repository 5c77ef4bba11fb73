//! The hot path: many records, one commit.
//!
//! Written past SeaORM, which would build and plan each statement anew. Both ways skip a record that is already there,
//! so that a recorder which lost the connection at the moment of a commit may send the same records again.

use std::sync::{Arc, LazyLock};

use decision::Record;
use sqlx::postgres::PgArguments;
use sqlx::sqlite::SqliteArguments;
use sqlx::{Arguments, AssertSqlSafe, Executor, PgPool, SqliteConnection};

use super::row::{COLUMNS, Model, bind_columns, rows};
use crate::connect::{Lane, Recorder};
use crate::{Store, StoreError};

/// Rows in one statement on SQLite, greatest first. Few sizes, so that each is prepared once; powers of two, so that
/// any group is few statements; 64 rows are 2,600 parameters, beyond which a statement grows and gains nothing.
const CHUNKS: [usize; 7] = [64, 32, 16, 8, 4, 2, 1];
/// Rows in one statement on PostgreSQL: a few megabytes of arrays, a fraction of a second of work.
const POSTGRES_ROWS: usize = 5_000;

/// The statements of [`CHUNKS`].
static INSERTS: LazyLock<[Arc<str>; 7]> = LazyLock::new(|| CHUNKS.map(sqlite_insert));
/// The statement of PostgreSQL: a parameter per column, each an array.
static UNNEST: LazyLock<Arc<str>> = LazyLock::new(postgres_insert);

fn sqlite_insert(rows: usize) -> Arc<str> {
    let row = format!("({})", vec!["?"; COLUMNS.len()].join(","));
    let values = vec![row; rows].join(",");
    format!(
        "insert into decisions ({}) values {values} on conflict (organization_id, id) do nothing",
        COLUMNS.join(",")
    )
    .into()
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
    /// Costs one flush to disk, so it is meant for groups: the more records, the less each costs.
    pub async fn append(&self, records: &[Record]) -> Result<(), StoreError> {
        let mut all = Vec::with_capacity(records.len());
        for record in records {
            all.extend(rows(record)?);
        }
        if all.is_empty() {
            return Ok(());
        }
        match self.lane() {
            Lane::Sqlite(recorder) => append_sqlite(&mut *recorder.lock().await, all).await,
            Lane::Postgres(pool) => append_postgres(pool, all).await,
        }
    }
}

async fn append_sqlite(recorder: &mut Recorder, rows: Vec<Model>) -> Result<(), StoreError> {
    // Out of the recorder while in use: after an error it is dropped, whatever state it is in, and with it what was
    // begun.
    let mut connection = recorder.take().await?;
    if CHUNKS.contains(&rows.len()) {
        // A single statement is a transaction of its own.
        insert_chunk(&mut connection, rows).await?;
    } else {
        connection.execute("begin immediate").await?;
        insert_all(&mut connection, rows).await?;
        connection.execute("commit").await?;
    }
    recorder.keep(connection);
    Ok(())
}

async fn insert_all(connection: &mut SqliteConnection, mut rows: Vec<Model>) -> Result<(), StoreError> {
    for size in CHUNKS {
        while rows.len() >= size {
            let rest = rows.split_off(size);
            insert_chunk(connection, std::mem::replace(&mut rows, rest)).await?;
        }
    }
    Ok(())
}

/// Inserts a group whose size is one of [`CHUNKS`].
async fn insert_chunk(connection: &mut SqliteConnection, rows: Vec<Model>) -> Result<(), StoreError> {
    let statement = CHUNKS.iter().zip(INSERTS.iter()).find(|(size, _)| **size == rows.len());
    let Some((_, statement)) = statement else {
        return Err(StoreError::Corrupt(format!("{} rows as one statement", rows.len())));
    };
    let mut arguments = SqliteArguments::default();
    arguments.reserve(rows.len() * COLUMNS.len(), 0);
    for row in rows {
        row.bind(&mut arguments).map_err(StoreError::unavailable)?;
    }
    sqlx::query_with(AssertSqlSafe(Arc::clone(statement)), arguments).execute(connection).await?;
    Ok(())
}

async fn append_postgres(pool: &PgPool, mut rows: Vec<Model>) -> Result<(), StoreError> {
    if rows.len() <= POSTGRES_ROWS {
        unnest(rows)?.execute(pool).await?;
        return Ok(());
    }
    let mut transaction = pool.begin().await?;
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
