use std::error::Error;

use sea_orm::{DbErr, RuntimeErr};
use sqlx::error::{DatabaseError, ErrorKind};

/// Why the store could not do something.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database cannot be reached, does not answer in time, or lacks its tables. Whether a commit under way took
    /// effect is then unknown.
    #[error("the database is unavailable: {0}")]
    Unavailable(#[source] Box<dyn Error + Send + Sync>),
    /// Something else holds what was to be written, or what was to be replaced is no longer what it was.
    #[error("`{what}` is taken, gone or changed")]
    Conflict {
        /// A stable word: `slug`, `name`, `id` or another column that has to be unique; `before` for a fact that is
        /// not as the edit says it was; `reference` for a fact that refers to none; `owner` for an agent that nobody
        /// would answer for; `organization` for one that does not exist, or already does.
        what: String,
    },
    /// The permit, its decision and the write do not belong together.
    #[error("the permit does not fit: {0}")]
    Permit(&'static str),
    /// What is stored cannot be read as what it should be.
    #[error("stored data cannot be read: {0}")]
    Corrupt(String),
    /// A secret cannot be sealed or opened.
    #[error("a secret cannot be sealed or opened: {0}")]
    Sealed(&'static str),
    /// No space is left for the database.
    #[error("the disk of the database is full")]
    Full,
    /// The database URL cannot be used.
    #[error("invalid database url: {0}")]
    InvalidUrl(String),
}

impl StoreError {
    pub(crate) fn conflict(what: &str) -> Self {
        Self::Conflict { what: what.to_owned() }
    }

    pub(crate) fn unavailable(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::Unavailable(source.into())
    }
}

impl From<DbErr> for StoreError {
    fn from(error: DbErr) -> Self {
        match &error {
            DbErr::Conn(RuntimeErr::SqlxError(inner))
            | DbErr::Exec(RuntimeErr::SqlxError(inner))
            | DbErr::Query(RuntimeErr::SqlxError(inner)) => match known(inner) {
                Some(known) => known,
                None => Self::unavailable(error),
            },
            DbErr::Type(_) | DbErr::Json(_) | DbErr::TryIntoErr { .. } => Self::Corrupt(error.to_string()),
            _ => Self::unavailable(error),
        }
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        known(&error).unwrap_or_else(|| Self::unavailable(error))
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match (&error, error.sqlite_error_code()) {
            (_, Some(rusqlite::ErrorCode::DiskFull)) => Self::Full,
            (
                rusqlite::Error::SqliteFailure(_, Some(text)),
                Some(rusqlite::ErrorCode::ConstraintViolation),
            ) => Self::Conflict { what: word(last_column(text)) },
            _ => Self::unavailable(error),
        }
    }
}

/// The errors that mean something other than "unavailable".
fn known(error: &sqlx::Error) -> Option<StoreError> {
    match error {
        sqlx::Error::Database(database) => match (database.kind(), database.code().as_deref()) {
            (ErrorKind::UniqueViolation, _) => Some(StoreError::Conflict { what: taken(database.as_ref()) }),
            (ErrorKind::ForeignKeyViolation, _) => Some(StoreError::conflict("reference")),
            // SQLITE_FULL, and PostgreSQL's disk_full.
            (_, Some("13" | "53100")) => Some(StoreError::Full),
            _ => None,
        },
        sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) => {
            Some(StoreError::Corrupt(error.to_string()))
        }
        _ => None,
    }
}

/// The word of a uniqueness rule, as `migrations` names them: on PostgreSQL from the rule's name, on SQLite, which
/// tells only the columns, from the last of them.
fn taken(error: &dyn DatabaseError) -> String {
    word(match error.constraint() {
        Some(rule) => rule.rsplit_once("_unique_").map_or("", |(_, word)| word),
        None => last_column(error.message()),
    })
}

fn last_column(message: &str) -> &str {
    message.rsplit_once('.').map_or("", |(_, column)| column)
}

fn word(column: &str) -> String {
    column.strip_suffix("_id").unwrap_or(column).to_owned()
}
