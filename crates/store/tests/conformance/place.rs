//! A fresh database of either kind.

use std::path::PathBuf;

use sqlx::{Connection, Row};
use store::{Backend, Options, Store};
use testkit::directory::Directory;
use testkit::postgres::Postgres;

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
        let store = open(&url).await;
        store.migrate().await.unwrap();
        Self { store, url, _directory: directory }
    }

    /// Another store on the same database, as another process would have it.
    pub(crate) async fn again(&self) -> Store {
        open(&self.url).await
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
            let mut connection = sqlx::PgConnection::connect(&self.url).await.unwrap();
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
    Store::connect(&Options { url: url.to_owned(), max_connections: 4 }).await.unwrap()
}
