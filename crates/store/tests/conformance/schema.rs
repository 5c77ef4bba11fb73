//! The tables that the migrations make are the ones that were looked at and committed.

use std::path::PathBuf;
use std::process::Command;

use testkit::process::run;

use crate::place::Place;

/// Where the schema of a database is committed.
fn committed(place: &Place) -> PathBuf {
    let name = if place.is_sqlite() { "sqlite.sql" } else { "postgres.sql" };
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../migrations/schema").join(name)
}

/// The schema as the database itself tells it.
async fn derived(place: &Place) -> String {
    if place.is_sqlite() {
        let statements = "select sql from sqlite_schema where sql is not null \
            and tbl_name <> 'seaql_migrations' order by tbl_name, type desc, name";
        return place.sql(statements).await.join(";\n\n") + ";\n";
    }
    let mut dump = Command::new(testkit::paths::program("pg_dump"));
    dump.args(["--schema-only", "--no-owner", "--no-privileges", "--exclude-table=seaql_migrations"]);
    dump.arg(format!("--dbname={}", testkit::postgres::superuser(&place.url)));
    let dump = tokio::task::spawn_blocking(move || run(&mut dump)).await.unwrap();
    // What depends on the version of the program that tells it, and not on the tables, is left out.
    let kept = |line: &&str| {
        !["--", "SET ", "SELECT pg_catalog", "\\"].iter().any(|start| line.starts_with(start))
            && !line.is_empty()
    };
    let lines: Vec<&str> = dump.lines().filter(kept).collect();
    lines.join("\n").replace(";\n", ";\n\n") + "\n"
}

/// A change of the tables shows in the diff of a file that people read. To take it over:
/// `cp <the file named in the failure> migrations/schema/`.
pub(crate) async fn the_schema_is_the_committed_one(place: &Place) {
    let committed = committed(place);
    let derived = derived(place).await;
    let expected = std::fs::read_to_string(&committed).unwrap_or_default();
    if derived != expected {
        let target = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(committed.file_name().unwrap());
        std::fs::write(&target, &derived).unwrap();
        panic!("the tables differ from {}; they are in {}", committed.display(), target.display());
    }
}

pub(crate) async fn migrating_twice_changes_nothing(place: &Place) {
    assert_eq!(place.store.pending().await.unwrap(), Vec::<String>::new());
    let owner = place.as_owner().await;
    assert_eq!(owner.migrate().await.unwrap(), Vec::<String>::new());
    place.store.ping().await.unwrap();
}
