use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use sea_orm::SqlxSqliteConnector;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Connection, SqliteConnection};
use tokio::sync::Mutex;

use super::{Inner, Lane, Options};
use crate::StoreError;

/// Writers of this process queue before they reach the file; this is for another process, such as a `migrate` or a
/// backup beside a running server.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// A reader waits no longer for a connection than a person waits for a page.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(3);

/// Pages that the write-ahead log gathers before they are moved into the file: 16 MB. Four times the default, because
/// appending touches the ends of the same indexes again and again, and each is moved once.
const CHECKPOINT_PAGES: &str = "4000";
/// What the recorder may keep of the file in memory, in KiB (negative says so): the ends of the evidence's indexes, also
/// when they have grown.
const RECORDER_CACHE: &str = "-32768";

/// The connection that evidence is appended on.
#[derive(Debug)]
pub(crate) struct Recorder {
    options: SqliteConnectOptions,
    connection: Option<SqliteConnection>,
}

impl Recorder {
    /// Takes the connection out, or opens one. Whoever finishes well puts it back with [`Recorder::keep`]; after a
    /// failure, or when the caller goes away half-way, it is dropped, and its open transaction with it.
    pub(crate) async fn take(&mut self) -> Result<SqliteConnection, StoreError> {
        match self.connection.take() {
            Some(connection) => Ok(connection),
            None => Ok(SqliteConnection::connect_with(&self.options).await?),
        }
    }

    /// Puts the connection back.
    pub(crate) fn keep(&mut self, connection: SqliteConnection) {
        self.connection = Some(connection);
    }

    /// Closes the connection.
    pub(super) async fn close(&mut self) {
        if let Some(connection) = self.connection.take()
            && let Err(error) = connection.close().await
        {
            tracing::debug!(%error, "closing the recorder's connection");
        }
    }
}

pub(super) async fn connect(options: &Options) -> Result<Inner, StoreError> {
    let file = file(&options.url)?;
    directory(file.get_filename())?;
    let writer = SqlitePoolOptions::new()
        .max_connections(1)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        // After some errors (a full disk) SQLite has already rolled back and the driver does not know: such a
        // connection would go on writing outside a transaction. It is replaced.
        .before_acquire(|connection, _| {
            Box::pin(async move {
                connection.ping().await?;
                Ok(!connection.is_in_transaction())
            })
        })
        .connect_with(file.clone())
        .await
        .map_err(|error| opening(file.get_filename(), &error))?;
    let readers = SqlitePoolOptions::new()
        .max_connections(options.max_connections.max(1))
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .test_before_acquire(false)
        .connect_lazy_with(file.clone().pragma("query_only", "on"));
    let recorder = Recorder { options: file.pragma("cache_size", RECORDER_CACHE), connection: None };
    Ok(Inner {
        read: SqlxSqliteConnector::from_sqlx_sqlite_pool(readers),
        write: SqlxSqliteConnector::from_sqlx_sqlite_pool(writer),
        lane: Lane::Sqlite(Arc::new(Mutex::new(recorder))),
    })
}

/// Write-ahead logging, so that readers and the writer do not wait for each other; every commit flushed, so that what
/// was answered survives the machine.
fn file(url: &str) -> Result<SqliteConnectOptions, StoreError> {
    if url.contains(":memory:") || url.contains("mode=memory") {
        return Err(StoreError::InvalidUrl(
            "evidence has to be kept: a database in memory will not do".to_owned(),
        ));
    }
    let options =
        SqliteConnectOptions::from_str(url).map_err(|error| StoreError::InvalidUrl(error.to_string()))?;
    if options.get_filename().as_os_str().is_empty() {
        return Err(StoreError::InvalidUrl("the path of the SQLite file is missing".to_owned()));
    }
    Ok(options
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(BUSY_TIMEOUT)
        .pragma("wal_autocheckpoint", CHECKPOINT_PAGES))
}

fn directory(file: &Path) -> Result<(), StoreError> {
    let Some(parent) = file.parent().filter(|parent| !parent.as_os_str().is_empty()) else { return Ok(()) };
    std::fs::create_dir_all(parent).map_err(|error| {
        let text = format!("the directory `{}` cannot be used: {error}", parent.display());
        StoreError::unavailable(std::io::Error::new(error.kind(), text))
    })
}

fn opening(file: &Path, error: &sqlx::Error) -> StoreError {
    StoreError::unavailable(std::io::Error::other(format!("`{}` cannot be opened: {error}", file.display())))
}
