//! A program that one test has for itself.

use std::net::SocketAddr;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use testkit::answerable::{Program, command, give_key_file};
use testkit::directory::Directory;
use testkit::http::Request;
use testkit::ports;
use testkit::postgres::owner;
use testkit::process::{eventually, run};

use super::World;

/// The lease is taken in the first moments.
const READY_WITHIN: Duration = Duration::from_secs(30);

/// A serving program of a test's own, with one organization in it.
#[derive(Debug)]
pub(crate) struct Own {
    /// The organization.
    pub(crate) world: World,
    /// The process.
    pub(crate) program: Program,
    /// Where its data is.
    pub(crate) data: Directory,
}

impl Own {
    /// Starts it on SQLite in a fresh directory.
    pub(crate) async fn start() -> Self {
        Self::start_with(&[]).await
    }

    /// The same on an address that others know beforehand, with more settings.
    pub(crate) async fn start_on(address: SocketAddr, more: &[(&str, &str)]) -> Self {
        let data = Directory::new();
        let url = sqlite(data.path());
        let (program, world) = serve_on(address, &url, &url, more).await;
        Self { world, program, data }
    }

    /// The same with more settings.
    pub(crate) async fn start_with(more: &[(&str, &str)]) -> Self {
        let data = Directory::new();
        let url = sqlite(data.path());
        let (program, world) = serve(&url, &url, more).await;
        Self { world, program, data }
    }
}

/// The address of the SQLite file in a directory.
pub(crate) fn sqlite(directory: &Path) -> String {
    format!("sqlite://{}?mode=rwc", directory.join("answerable.sqlite").display())
}

/// Founds an organization in a database, and serves from it by way of a second address of the same database.
pub(crate) async fn serve(database: &str, by_way_of: &str, more: &[(&str, &str)]) -> (Program, World) {
    serve_on(ports::loopback(ports::free()), database, by_way_of, more).await
}

/// The same on that address.
async fn serve_on(
    address: SocketAddr,
    database: &str,
    by_way_of: &str,
    more: &[(&str, &str)],
) -> (Program, World) {
    migrate(database);
    let api_key = create_organization(database, "northwind");
    let mut settings = vec![("ANSWERABLE_DATABASE__URL", by_way_of)];
    settings.extend(more);
    let program = Program::serve_on(address, &settings);
    wait_ready(program.address).await;
    let world = World::new(program.address, database.to_owned(), "northwind".to_owned(), api_key).await;
    (program, world)
}

/// Waits until the program may answer decisions.
pub(crate) async fn wait_ready(address: SocketAddr) {
    let ready = async || {
        let answer = Request::get("/readyz").try_send(address).await;
        answer.is_ok_and(|answer| answer.status == 200).then_some(())
    };
    eventually("the program is ready", READY_WITHIN, ready).await;
}

/// Brings a database to the program's schema.
pub(crate) fn migrate(database: &str) {
    run(with(database).args(["migrate", "up"]));
}

/// Founds an organization; its first owner's management key.
pub(crate) fn create_organization(database: &str, slug: &str) -> String {
    let printed = run(with(database).args([
        "admin",
        "create-organization",
        "--slug",
        slug,
        "--name",
        slug,
        "--owner",
        "Maya Chen",
    ]));
    let key = printed.lines().find_map(|line| line.strip_prefix("ANSWERABLE_API_KEY="));
    key.unwrap_or_else(|| panic!("no key in {printed}")).to_owned()
}

/// The program with a database, ready for arguments.
pub(crate) fn with(database: &str) -> Command {
    let mut command = command();
    command.env("ANSWERABLE_DATABASE__URL", database);
    give_key_file(&mut command, &[("ANSWERABLE_DATABASE__URL", database)]);
    if database.starts_with("postgres") {
        command.env("ANSWERABLE_DATABASE__OWNER_URL", owner(database));
    }
    command
}
