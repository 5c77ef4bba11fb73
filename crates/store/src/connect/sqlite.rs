use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::{Arc, PoisonError};
use std::time::Duration;

use rusqlite::OpenFlags;
use sea_orm::SqlxSqliteConnector;
use sqlx::Connection;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use tokio::sync::Mutex;

use super::{Inner, Lane, Options};
use crate::StoreError;
use crate::summary::Closed;

/// Writers of this process queue before they reach the file; this is for another process, such as a `migrate` or a
/// backup beside a running server.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// A reader waits no longer for a connection than a person waits for a page.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(3);

/// Pages that the write-ahead log gathers before they are moved into the file: 16 MB. Four times the default, because
/// appending touches the ends of the same indexes again and again, and each is moved once.
const CHECKPOINT_PAGES: i32 = 4_000;
/// What the recorder may keep of the file in memory, in KiB (negative says so): the ends of the evidence's indexes, also
/// when they have grown.
const RECORDER_CACHE: i32 = -32_768;

/// The connection that evidence is appended on, straight to SQLite: the pools have a thread for each connection, and to
/// call on it and be called back costs a busy machine more than the commit.
#[derive(Debug)]
pub(crate) struct Recorder {
    file: PathBuf,
    /// Never locked: who has the recorder has it alone. The lock says that the rest may be shared between threads.
    connection: std::sync::Mutex<Option<rusqlite::Connection>>,
}

impl Recorder {
    /// Takes the connection out, or opens one. Whoever finishes well puts it back with [`Recorder::keep`]; after a
    /// failure it is dropped, and its open transaction with it.
    pub(crate) fn take(&mut self) -> Result<rusqlite::Connection, StoreError> {
        match self.kept().take() {
            Some(connection) => Ok(connection),
            None => Ok(self.open()?),
        }
    }

    /// Puts the connection back.
    pub(crate) fn keep(&mut self, connection: rusqlite::Connection) {
        *self.kept() = Some(connection);
    }

    fn kept(&mut self) -> &mut Option<rusqlite::Connection> {
        self.connection.get_mut().unwrap_or_else(PoisonError::into_inner)
    }

    /// A connection to the file that [`connect`] has made, with the same care.
    fn open(&self) -> rusqlite::Result<rusqlite::Connection> {
        // No lock around each call: the connection is used by one thread at a time.
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = rusqlite::Connection::open_with_flags(&self.file, flags)?;
        connection.busy_timeout(BUSY_TIMEOUT)?;
        connection.pragma_update(None, "synchronous", "full")?;
        connection.pragma_update(None, "cache_size", RECORDER_CACHE)?;
        connection.pragma_update(None, "wal_autocheckpoint", CHECKPOINT_PAGES)?;
        Ok(connection)
    }

    /// Closes the connection.
    pub(super) fn close(&mut self) {
        if let Some(Err((_, error))) = self.kept().take().map(rusqlite::Connection::close) {
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
    let recorder = Recorder { file: file.get_filename().to_owned(), connection: None.into() };
    Ok(Inner {
        closed: Closed::default(),
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
        .pragma("wal_autocheckpoint", CHECKPOINT_PAGES.to_string()))
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
