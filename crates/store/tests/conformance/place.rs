//! A fresh database of either kind.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use sqlx::{Connection, Row};
use store::{Backend, Options, Secrets, Store};
use testkit::directory::Directory;
use testkit::postgres::{self, Postgres};

/// A migrated store, and the way to it past the store.
pub(crate) struct Place {
    pub(crate) store: Store,
    pub(crate) url: String,
    // Held for as long as the test needs the file.
    _directory: Option<Directory>,
}

impl Place {
    pub(crate) async fn sqlite() -> Self {
        let directory = Directory::new();
        let url = format!("sqlite://{}", directory.join("data/store.sqlite").display());
        Self::migrated(url, Some(directory)).await
    }

    pub(crate) async fn postgres() -> Self {
        let url = tokio::task::spawn_blocking(|| Postgres::shared().database()).await.unwrap();
        Self::migrated(url, None).await
    }

    async fn migrated(url: String, directory: Option<Directory>) -> Self {
        let owner = open(&postgres::owner(&url)).await;
        owner.migrate().await.unwrap();
        owner.close().await;
        let store = open(&url).await;
        Self { store, url, _directory: directory }
    }

    /// Another store on the same database, as another process would have it.
    pub(crate) async fn again(&self) -> Store {
        open(&self.url).await
    }

    /// The same database as the owner of its tables has it.
    pub(crate) async fn as_owner(&self) -> Store {
        open(&postgres::owner(&self.url)).await
    }

    pub(crate) fn is_sqlite(&self) -> bool {
        self.store.backend() == Backend::Sqlite
    }

    /// The file, on SQLite.
    pub(crate) fn file(&self) -> PathBuf {
        self.url.strip_prefix("sqlite://").expect("a SQLite place").into()
    }

    /// The rows of a statement, columns joined with `|`, all of them texts.
    pub(crate) async fn sql(&self, statement: &str) -> Vec<String> {
        let statement = sqlx::AssertSqlSafe(statement.to_owned());
        if self.is_sqlite() {
            let mut connection = sqlx::SqliteConnection::connect(&self.url).await.unwrap();
            let rows = sqlx::query(statement).fetch_all(&mut connection).await.unwrap();
            let text = |row: &sqlx::sqlite::SqliteRow| {
                let columns = (0..row.len()).map(|at| row.get::<Option<String>, _>(at).unwrap_or_default());
                columns.collect::<Vec<_>>().join("|")
            };
            rows.iter().map(text).collect()
        } else {
            let mut connection = sqlx::PgConnection::connect(&postgres::superuser(&self.url)).await.unwrap();
            let rows = sqlx::query(statement).fetch_all(&mut connection).await.unwrap();
            let text = |row: &sqlx::postgres::PgRow| {
                let columns = (0..row.len()).map(|at| row.get::<Option<String>, _>(at).unwrap_or_default());
                columns.collect::<Vec<_>>().join("|")
            };
            rows.iter().map(text).collect()
        }
    }
}

async fn open(url: &str) -> Store {
    let store = Store::connect(&Options { url: url.to_owned(), max_connections: 4 }).await.unwrap();
    store.with_secrets(secrets(&["5e"]))
}

/// Keys made of a pair of digits each, and chance that never repeats.
pub(crate) fn secrets(keys: &[&str]) -> Secrets {
    static DRAWN: AtomicU64 = AtomicU64::new(0);
    let text: String = keys.iter().map(|pair| pair.repeat(32) + "\n").collect();
    let chance = |bytes: &mut [u8]| {
        let drawn = DRAWN.fetch_add(1, Ordering::Relaxed).to_be_bytes();
        bytes.fill(0);
        for (byte, random) in bytes.iter_mut().zip(drawn) {
            *byte = random;
        }
    };
    Secrets::parse(&text, Arc::new(chance)).unwrap()
}
