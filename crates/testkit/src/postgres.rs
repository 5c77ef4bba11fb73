//! A real PostgreSQL: one throw-away cluster per test process, one fresh database per test.

use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::Duration;

use crate::directory::Directory;
use crate::paths::program;
use crate::ports;
use crate::process::{Child, Signal, run};

/// A crash recovery comes before readiness.
const READY_WITHIN: Duration = Duration::from_mins(1);

/// Whether commits reach the disk before they are answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Durability {
    /// Nothing is flushed: fast, and right for all but crash tests.
    Off,
    /// As in production: what tests of `kill -9` need.
    On,
}

/// The role that a program serves as.
const APP: &str = "answerable_app";
/// The role that owns the tables.
const OWNER: &str = "answerable_owner";
/// Both as an operator makes them: neither gets around row-level security.
const ROLES: &str = "create role answerable_owner login nosuperuser nobypassrls createrole; \
    create role answerable_app login nosuperuser nobypassrls";

/// The address of a database as the role that owns its tables, which is the one to migrate as. An address of SQLite
/// stays as it is.
pub fn owner(url: &str) -> String {
    url.replacen(&format!("//{APP}@"), &format!("//{OWNER}@"), 1)
}

/// The address of a database as the superuser, whom row-level security does not bind: to look at what is there.
pub fn superuser(url: &str) -> String {
    url.replacen(&format!("//{APP}@"), "//postgres@", 1)
}

/// A cluster of its own on a loopback port. It asks for no password; its superuser is `postgres`.
#[derive(Debug)]
pub struct Postgres {
    data: Directory,
    port: u16,
    durability: Durability,
    server: Mutex<Option<Child>>,
    databases: AtomicU32,
}

impl Postgres {
    /// The cluster that the tests of this process share; it ends with the process. Never stop it:
    /// a test that needs to takes one of its own.
    pub fn shared() -> &'static Self {
        static SHARED: OnceLock<Postgres> = OnceLock::new();
        SHARED.get_or_init(|| Self::new(Durability::Off))
    }

    /// A cluster for one test, which may stop and start it.
    pub fn new(durability: Durability) -> Self {
        let data = Directory::new();
        if is_root() {
            run(Command::new("chown").arg("postgres").arg(data.path()));
        }
        run(unprivileged("initdb")
            .args(["--no-sync", "--auth=trust", "--username=postgres"])
            .args(["--encoding=UTF8", "--locale=C.UTF-8", "--pgdata"])
            .arg(data.path()));
        let server = Mutex::new(None);
        let cluster = Self { data, port: ports::free(), durability, server, databases: AtomicU32::new(0) };
        cluster.start();
        cluster.sql("postgres", ROLES);
        cluster
    }

    /// Starts the server after a stop, and waits until it accepts connections.
    pub fn start(&self) {
        let flush = if self.durability == Durability::On { "on" } else { "off" };
        let mut command = unprivileged("postgres");
        command.arg("-D").arg(self.data.path()).args([
            "-h",
            "127.0.0.1",
            "-p",
            &self.port.to_string(),
            "-k",
            "",
        ]);
        for setting in ["fsync", "synchronous_commit", "full_page_writes"] {
            command.args(["-c", &format!("{setting}={flush}")]);
        }
        command.args(["-c", "max_connections=300"]);
        let mut child = Child::start("postgres", &mut command);
        child.wait_ready(READY_WITHIN, |child| child.stderr().contains("ready to accept connections"));
        *self.server() = Some(child);
    }

    /// Stops the server in its fast mode: sessions are cut, nothing committed is lost.
    pub fn stop(&self) {
        if let Some(mut child) = self.server().take() {
            child.stop_with(Signal::INT);
        }
    }

    /// Stops the server as a crash would: no checkpoint, sessions cut, recovery at the next start.
    pub fn crash(&self) {
        if let Some(mut child) = self.server().take() {
            child.stop_with(Signal::QUIT);
        }
    }

    fn server(&self) -> std::sync::MutexGuard<'_, Option<Child>> {
        self.server.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The port on 127.0.0.1.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The address of a database of this cluster, as the role that a program serves as.
    pub fn url(&self, database: &str) -> String {
        format!("postgres://{APP}@127.0.0.1:{}/{database}", self.port)
    }

    /// Creates an empty database and returns its address.
    pub fn database(&self) -> String {
        self.url(&self.create("template0"))
    }

    /// Creates a copy of a database made by [`Postgres::template`] and returns its address.
    pub fn database_from(&self, template: &str) -> String {
        self.url(&self.create(template))
    }

    /// Creates a database, has it filled by the owner of its tables, and returns its name for [`Postgres::database_from`].
    /// The filler must close its connections: a database in use cannot be copied.
    pub fn template(&self, fill: impl FnOnce(&str)) -> String {
        let name = self.create("template0");
        fill(&owner(&self.url(&name)));
        name
    }

    fn create(&self, template: &str) -> String {
        let name = format!("test_{}", self.databases.fetch_add(1, Ordering::Relaxed));
        self.sql("postgres", &format!("create database {name} template {template} owner {OWNER}"));
        let rights = "grant select, insert, update, delete on tables";
        self.sql(&name, &format!("alter default privileges for role {OWNER} {rights} to {APP}"));
        name
    }

    /// Runs statements in a database (by name) and returns the rows, values separated by `|`.
    pub fn sql(&self, database: &str, statements: &str) -> String {
        let mut psql = Command::new(program("psql"));
        psql.args(["--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "-v", "ON_ERROR_STOP=1"]);
        let url = superuser(&self.url(database));
        run(psql.args(["--dbname", &url, "--command", statements]))
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        self.stop();
    }
}

/// PostgreSQL refuses to run as root; Debian's package brings the user to run it as.
fn unprivileged(name: &str) -> Command {
    let program = program(name);
    if !is_root() {
        return Command::new(program);
    }
    let mut command = Command::new("setpriv");
    command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups"]).arg(program);
    // The caller's directory may be closed to that user.
    command.current_dir("/");
    command
}

fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}
