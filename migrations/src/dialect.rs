//! What differs between the two databases: type names, and little else.

use sea_orm_migration::SchemaManager;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend, DbErr};

/// The words of each database. SQLite's tables are strict, so that a wrong type is refused there too.
fn words(backend: DbBackend) -> [(&'static str, &'static str); 7] {
    if backend == DbBackend::Postgres {
        [
            ("{uuid}", "uuid"),
            ("{number}", "bigint"),
            ("{small}", "integer"),
            ("{flag}", "boolean"),
            ("{bytes}", "bytea"),
            ("{table}", ""),
            ("{invoker}", " with (security_invoker = true)"),
        ]
    } else {
        [
            ("{uuid}", "blob"),
            ("{number}", "integer"),
            ("{small}", "integer"),
            ("{flag}", "integer"),
            ("{bytes}", "blob"),
            ("{table}", " strict"),
            ("{invoker}", ""),
        ]
    }
}

/// A UUID as text. SQLite keeps its 16 bytes.
fn text(backend: DbBackend, column: &str) -> String {
    if backend == DbBackend::Postgres {
        return format!("{column}::text");
    }
    let part = |from, length| format!("substr(hex({column}), {from}, {length})");
    let parts = [part(1, 8), part(9, 4), part(13, 4), part(17, 4), part(21, 12)].join(" || '-' || ");
    format!("case when {column} is not null then lower({parts}) end")
}

/// A moment as the database's own tools show it. SQLite has no type for it: RFC 3339 in text.
fn moment(backend: DbBackend, column: &str) -> String {
    if backend == DbBackend::Postgres {
        return format!("timestamptz 'epoch' + {column} * interval '1 microsecond'");
    }
    format!(
        "strftime('%Y-%m-%dT%H:%M:%S', {column} / 1000000, 'unixepoch') || printf('.%06dZ', {column} % 1000000)"
    )
}

/// Replaces each `{mark:column}`.
fn expand(statements: &str, mark: &str, with: impl Fn(&str) -> String) -> String {
    let opening = format!("{{{mark}:");
    let mut parts = statements.split(opening.as_str());
    let mut expanded = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (column, rest) = part.split_once('}').unwrap_or((part, ""));
        expanded.push_str(&with(column));
        expanded.push_str(rest);
    }
    expanded
}

/// A statement without the mark of the database that it is for, `{postgres}` or `{sqlite}`; without one it is for both. None:
/// it is for the other.
fn meant_for(backend: DbBackend, statement: &str) -> Option<&str> {
    let (own, other) =
        if backend == DbBackend::Postgres { ("{postgres}", "{sqlite}") } else { ("{sqlite}", "{postgres}") };
    if statement.starts_with(other) { None } else { Some(statement.strip_prefix(own).unwrap_or(statement)) }
}

/// Runs statements, separated by `;` at the end of a line, with the words of the database filled in.
pub(crate) async fn run(manager: &SchemaManager<'_>, statements: &str) -> Result<(), DbErr> {
    let backend = manager.get_database_backend();
    let filled =
        words(backend).iter().fold(statements.to_owned(), |text, (mark, word)| text.replace(mark, word));
    let filled = expand(&filled, "text", |column| text(backend, column));
    let filled = expand(&filled, "moment", |column| moment(backend, column));
    let statements = filled.split(";\n").map(str::trim).filter(|statement| !statement.is_empty());
    for statement in statements.filter_map(|statement| meant_for(backend, statement)) {
        manager.get_connection().execute_unprepared(statement).await?;
    }
    Ok(())
}

/// A migration of that name that runs those statements, in one transaction.
macro_rules! migration {
    ($name:literal, $statements:expr) => {
        pub(crate) struct Migration;

        impl sea_orm_migration::MigrationName for Migration {
            fn name(&self) -> &'static str {
                $name
            }
        }

        #[sea_orm_migration::async_trait::async_trait]
        impl sea_orm_migration::MigrationTrait for Migration {
            fn use_transaction(&self) -> Option<bool> {
                Some(true)
            }

            async fn up(
                &self,
                manager: &sea_orm_migration::SchemaManager,
            ) -> Result<(), sea_orm_migration::DbErr> {
                crate::dialect::run(manager, $statements).await
            }
        }
    };
}

pub(crate) use migration;
