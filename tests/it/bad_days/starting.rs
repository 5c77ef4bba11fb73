//! A start that cannot be: what is wrong is said at once, all of it, and the program ends with failure.

use std::fs;
use std::net::TcpListener;
use std::process::{Command, Output};
use std::time::{Duration, Instant};

use testkit::answerable::command;
use testkit::directory::Directory;

/// A start that fails fails soon: an operator sits in front of it.
const SOON: Duration = Duration::from_mins(1);

/// Runs a command that has to fail; all that it said.
#[track_caller]
fn fails(command: &mut Command) -> String {
    let begun = Instant::now();
    let Output { status, stdout, stderr } = command.output().expect("the program");
    let said = format!("{}{}", String::from_utf8_lossy(&stdout), String::from_utf8_lossy(&stderr));
    assert!(!status.success(), "{command:?} did not fail: {said}");
    assert_eq!(status.code(), Some(1), "it ends by itself: {status} {said}");
    assert!(begun.elapsed() < SOON, "{:?}", begun.elapsed());
    assert!(!said.contains("panicked"), "{said}");
    said
}

fn serve() -> Command {
    let mut serve = command();
    serve.arg("serve");
    serve
}

#[test]
fn a_port_that_is_taken_is_named_with_what_to_do() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = taken.local_addr().expect("an address").to_string();
    let data = Directory::new();
    let said = fails(command().arg("demo").arg("--data-dir").arg(data.path()).args(["--listen", &address]));
    assert!(said.contains(&address) && said.contains("ANSWERABLE_SERVER__LISTEN"), "{said}");
    let url = format!("sqlite://{}?mode=rwc", data.join("a.sqlite").display());
    let said = fails(serve().env("ANSWERABLE_DATABASE__URL", url).env("ANSWERABLE_SERVER__LISTEN", &address));
    assert!(said.contains(&address), "{said}");
}

#[test]
fn a_data_directory_that_cannot_be_used_is_named() {
    let data = Directory::new();
    // Root may read and write everything, so what stands in the way is not a permission.
    let file = data.join("a-file");
    fs::write(&file, "not a directory").expect("a file");
    let said = fails(command().arg("demo").arg("--data-dir").arg(&file).args(["--listen", "127.0.0.1:0"]));
    assert!(said.contains("a-file"), "{said}");
    let inside = file.join("inside");
    let said = fails(command().arg("demo").arg("--data-dir").arg(&inside).args(["--listen", "127.0.0.1:0"]));
    assert!(said.contains("a-file"), "{said}");
    let url = format!("sqlite://{}/answerable.sqlite?mode=rwc", inside.display());
    let said = fails(serve().env("ANSWERABLE_DATABASE__URL", &url));
    assert!(said.contains("database"), "{said}");
}

#[test]
fn a_file_that_is_no_database_is_not_touched() {
    let data = Directory::new();
    let file = data.join("answerable.sqlite");
    let text = "This is a letter and no database. ".repeat(1000);
    fs::write(&file, &text).expect("a file");
    let url = format!("sqlite://{}?mode=rw", file.display());
    let said = fails(serve().env("ANSWERABLE_DATABASE__URL", &url));
    assert!(said.contains("database"), "{said}");
    assert_eq!(fs::read_to_string(&file).expect("the file"), text);
}

#[test]
fn a_database_that_is_not_there_is_told_without_its_password() {
    let nobody = format!("127.0.0.1:{}", testkit::ports::free());
    let url = format!("postgres://answerable:hunter2-secret@{nobody}/answerable");
    for subcommand in [&["serve"][..], &["migrate", "status"], &["doctor"]] {
        let said = fails(command().args(subcommand).env("ANSWERABLE_DATABASE__URL", &url));
        assert!(said.contains("database"), "{subcommand:?}: {said}");
        assert!(!said.contains("hunter2"), "{subcommand:?}: {said}");
    }
}

#[test]
fn a_schema_that_is_behind_is_not_moved_behind_the_operators_back() {
    let url = testkit::postgres::Postgres::shared().database();
    let said = fails(serve().env("ANSWERABLE_DATABASE__URL", &url));
    assert!(said.contains("migrate up"), "{said}");
    let output =
        command().args(["migrate", "status"]).env("ANSWERABLE_DATABASE__URL", &url).output().expect("status");
    assert!(String::from_utf8_lossy(&output.stdout).contains("missing"), "{output:?}");
}

#[test]
fn every_mistake_in_the_settings_is_told_at_once() {
    let data = Directory::new();
    let file = data.join("answerable.toml");
    let toml = "[server]\nlisten = \"nowhere\"\nsurprise = 1\n[log]\nformat = \"xml\"\n[garden]\nroses = 3\n";
    fs::write(&file, toml).expect("a file");
    let said = fails(
        serve()
            .arg("--config")
            .arg(&file)
            .env("ANSWERABLE_DATABASE__URL", "mysql://root:hunter2@db/answerable")
            .env("ANSWERABLE_ENFORCEMENT__LEASE_MS", "soon")
            .env("ANSWERABLE_SERVER__PUBLIC_URI", "https://x")
            .env("ANSWERABLE_DATABASE__MAX_CONNECTIONS", "0"),
    );
    for field in [
        "server.listen",
        "surprise",
        "log.format",
        "garden",
        "database.url",
        "enforcement.lease_ms",
        "ANSWERABLE_SERVER__PUBLIC_URI",
        "database.max_connections",
    ] {
        assert!(said.contains(field), "{field}: {said}");
    }
    assert!(said.contains("expected") && !said.contains("hunter2"), "{said}");
}

#[test]
fn a_file_of_settings_that_is_missing_or_broken_is_named() {
    let data = Directory::new();
    let missing = data.join("missing.toml");
    let said = fails(serve().arg("--config").arg(&missing));
    assert!(said.contains("missing.toml"), "{said}");
    let broken = data.join("broken.toml");
    fs::write(&broken, "[server\nlisten = ").expect("a file");
    let said = fails(serve().arg("--config").arg(&broken));
    assert!(said.contains("broken.toml"), "{said}");
}
