//! Opening the database.

mod postgres;
mod sqlite;

use std::sync::Arc;

use sea_orm::{ConnectionTrait, DatabaseConnection};
use sqlx::PgPool;
use tokio::sync::{Mutex, OwnedMutexGuard};

use crate::summary::Closed;
use crate::{Secrets, StoreError};

/// Where the database is, and how much of it to use.
#[derive(Debug, Clone)]
pub struct Options {
    /// `sqlite://<path>` (relative to the working directory, or absolute with a third slash) or
    /// `postgres://<user>@<host>/<database>`.
    pub url: String,
    /// How many connections to hold at most.
    pub max_connections: u32,
}

/// Which database it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Backend {
    /// A file of this machine.
    Sqlite,
    /// A server.
    Postgres,
}

/// An open database. Copies share its connections.
#[derive(Debug, Clone)]
pub struct Store {
    inner: Arc<Inner>,
    /// What seals and opens secrets.
    pub(crate) secrets: Option<Arc<Secrets>>,
}

#[derive(Debug)]
struct Inner {
    /// For finding. On SQLite these connections cannot write.
    read: DatabaseConnection,
    /// For writing. On SQLite a single connection; on PostgreSQL the same pool.
    write: DatabaseConnection,
    lane: Lane,
    closed: Closed,
}

/// How evidence gets in, and how writers take turns.
#[derive(Debug)]
pub(crate) enum Lane {
    /// SQLite has one writer at a time. Its own waiting is a poll that the lucky win and that gives up after a while;
    /// this mutex is a queue, so the recorder and management take turns in the order in which they came. It holds the
    /// recorder's own connection, whose prepared statements stay.
    Sqlite(Arc<Mutex<sqlite::Recorder>>),
    /// PostgreSQL arranges its writers itself.
    Postgres(PgPool),
}

/// A writer's turn. Held, no other writer of this process begins.
pub(crate) type Turn = Option<OwnedMutexGuard<sqlite::Recorder>>;

pub(crate) use sqlite::Recorder;

impl Store {
    /// Opens a database. A SQLite file and its directory are created where they are missing; tables are made by
    /// [`Store::migrate`].
    pub async fn connect(options: &Options) -> Result<Self, StoreError> {
        let scheme = options.url.split(':').next().unwrap_or_default();
        let inner = match scheme {
            "sqlite" => sqlite::connect(options).await?,
            "postgres" | "postgresql" => postgres::connect(options).await?,
            _ => {
                return Err(StoreError::InvalidUrl(
                    "expected `sqlite://<path>` or `postgres://<user>@<host>/<database>`".to_owned(),
                ));
            }
        };
        Ok(Self { inner: Arc::new(inner), secrets: None })
    }

    /// The same database with the keys that [`Store::seal`] and [`Store::open`] need.
    #[must_use]
    pub fn with_secrets(self, secrets: Secrets) -> Self {
        Self { secrets: Some(Arc::new(secrets)), ..self }
    }

    /// Which database it is.
    pub fn backend(&self) -> Backend {
        match self.inner.lane {
            Lane::Sqlite(_) => Backend::Sqlite,
            Lane::Postgres(_) => Backend::Postgres,
        }
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<(), StoreError> {
        let question = match self.backend() {
            // Something that has to be read from the file.
            Backend::Sqlite => "select count(*) from sqlite_schema",
            Backend::Postgres => "select 1",
        };
        self.read().execute_unprepared(question).await?;
        Ok(())
    }

    /// Closes its connections, of all copies. For tests and orderly ends; not needed otherwise.
    pub async fn close(&self) {
        if let Lane::Sqlite(recorder) = &self.inner.lane {
            recorder.lock().await.close();
        }
        // Closing twice is harmless: on PostgreSQL both are one pool.
        for connection in [&self.inner.read, &self.inner.write] {
            if let Err(error) = connection.clone().close().await {
                tracing::debug!(%error, "closing the database");
            }
        }
    }

    pub(crate) fn read(&self) -> &DatabaseConnection {
        &self.inner.read
    }

    pub(crate) fn write(&self) -> &DatabaseConnection {
        &self.inner.write
    }

    pub(crate) fn closed(&self) -> &Closed {
        &self.inner.closed
    }

    pub(crate) fn lane(&self) -> &Lane {
        &self.inner.lane
    }

    /// Waits for this writer's turn.
    pub(crate) async fn turn(&self) -> Turn {
        match &self.inner.lane {
            Lane::Sqlite(recorder) => Some(Arc::clone(recorder).lock_owned().await),
            Lane::Postgres(_) => None,
        }
    }
}
