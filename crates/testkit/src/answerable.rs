//! Our own program, run the way a user runs it.

use std::collections::BTreeMap;
use std::env;
use std::ffi::OsString;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use std::time::Duration;

use crate::directory::Directory;
use crate::ports;
use crate::process::{Child, run};

/// A first start creates the database and its schema.
const READY_WITHIN: Duration = Duration::from_mins(1);

/// The lines that `demo` prints for scripts, without their values.
const DEMO_LINES: [&str; 7] = [
    "ANSWERABLE_URL",
    "ANSWERABLE_SIGN_IN_LINK",
    "ANSWERABLE_ORG",
    "ANSWERABLE_API_KEY",
    "ANSWERABLE_GATEWAY_KEY",
    "ANSWERABLE_AGENT_KEY",
    "ANSWERABLE_ROBOT_KEY",
];

/// The program, built from the present tree.
///
/// Cargo names a binary to the tests of its own package only, so it is looked for beside the
/// running test. It is built once per test process even when it is there: a file left by an older
/// build would let the tests pass against yesterday's program.
pub fn binary() -> &'static Path {
    static BINARY: OnceLock<PathBuf> = OnceLock::new();
    BINARY.get_or_init(|| {
        let test = env::current_exe().expect("the running test");
        let profile = test.ancestors().nth(2).expect("target/<profile>/deps/<test>");
        let cargo = env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
        let mut build = Command::new(cargo);
        // Of the whole workspace, as the tests are: for the one package cargo would choose other features of what they
        // share, and compile nearly everything a second time.
        build.args(["build", "--quiet", "--workspace", "--bin", "answerable", "--manifest-path"]);
        build.arg(crate::paths::repository("Cargo.toml"));
        // What cargo says of the running test is not so of the program; a build script that looks would be run again,
        // and everything above it compiled again.
        for (name, _) in env::vars_os().filter(|(name, _)| is_of_the_test(name)) {
            build.env_remove(name);
        }
        if profile.ends_with("release") {
            build.arg("--release");
        }
        run(&mut build);
        profile.join("answerable")
    })
}

/// Whether cargo sets a variable for the package of the running test alone.
fn is_of_the_test(name: &std::ffi::OsStr) -> bool {
    let name = name.to_string_lossy();
    ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_CRATE_", "CARGO_BIN_"]
        .iter()
        .any(|start| name.starts_with(start))
}

/// The program with no setting of the caller's environment, ready for arguments.
pub fn command() -> Command {
    let mut command = Command::new(binary());
    for (name, _) in env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("ANSWERABLE_")) {
        command.env_remove(name);
    }
    // Programs of several tests run side by side: only who asks for the metrics gets their port.
    command.env("ANSWERABLE_METRICS__LISTEN", "");
    // Tests side by side ask much more of one organization than people do; the test of the limits sets them.
    command
        .env("ANSWERABLE_LIMITS__CALLS_PER_SECOND", "0")
        .env("ANSWERABLE_LIMITS__REQUESTS_PER_SECOND", "0")
        .env("ANSWERABLE_LIMITS__SIGN_INS_PER_MINUTE", "0")
        .env("ANSWERABLE_LIMITS__SIGN_UPS_PER_HOUR", "0");
    command
}

/// A running `answerable serve` or `answerable demo`.
#[derive(Debug)]
pub struct Program {
    /// The process, for signals and output.
    pub child: Child,
    /// Where it listens.
    pub address: SocketAddr,
}

impl Program {
    /// Starts `serve` on a free port with settings by environment (`ANSWERABLE_<SECTION>__<FIELD>`;
    /// the database always belongs among them), and waits until it accepts connections.
    pub fn serve(settings: &[(&str, &str)]) -> Self {
        Self::serve_on(ports::loopback(ports::free()), settings)
    }

    /// The same on a given address, for a restart.
    pub fn serve_on(address: SocketAddr, settings: &[(&str, &str)]) -> Self {
        let mut command = command();
        command.arg("serve").env("ANSWERABLE_SERVER__LISTEN", address.to_string());
        command.env("ANSWERABLE_SERVER__PUBLIC_URL", format!("http://{address}"));
        command.envs(settings.iter().copied());
        give_key_file(&mut command, settings);
        Self::start(&mut command, address)
    }

    /// Starts a command that will listen on the address, and waits until it accepts connections.
    pub fn start(command: &mut Command, address: SocketAddr) -> Self {
        let mut child = Child::start("answerable", command);
        child.wait_ready(READY_WITHIN, |_| ports::is_open(address.port()));
        Self { child, address }
    }

    /// Its base address, without a slash at the end.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }
}

/// Names a key file where the settings name none and the database is PostgreSQL, which has to have one.
pub fn give_key_file(command: &mut Command, settings: &[(&str, &str)]) {
    static FILE: OnceLock<(Directory, PathBuf)> = OnceLock::new();
    let is_postgres = settings
        .iter()
        .any(|(name, value)| *name == "ANSWERABLE_DATABASE__URL" && value.starts_with("postgres"));
    if !is_postgres || settings.iter().any(|(name, _)| *name == "ANSWERABLE_SECRETS__KEY_FILE") {
        return;
    }
    let (_, path) = FILE.get_or_init(|| {
        let directory = Directory::new();
        let path = directory.join("answerable.key");
        std::fs::write(&path, format!("{}\n", "5e".repeat(32))).expect("a key file");
        (directory, path)
    });
    command.env("ANSWERABLE_SECRETS__KEY_FILE", path);
}

/// A running `answerable demo`, with what it printed.
#[derive(Debug)]
pub struct Demo {
    /// The process and its address.
    pub program: Program,
    values: BTreeMap<String, String>,
}

impl Demo {
    /// Starts the demo on a data directory and a free port, and reads its keys.
    pub fn start(data_dir: &Path) -> Self {
        let address = ports::loopback(ports::free());
        let mut command = command();
        command.arg("demo").arg("--data-dir").arg(data_dir).args(["--listen", &address.to_string()]);
        let mut program = Program::start(&mut command, address);
        let is_complete = |child: &Child| values(&child.stdout()).len() == DEMO_LINES.len();
        program.child.wait_ready(READY_WITHIN, is_complete);
        let values = values(&program.child.stdout());
        Self { program, values }
    }

    /// A printed value by the end of its name: `URL`, `SIGN_IN_LINK`, `ORG`, `API_KEY`,
    /// `GATEWAY_KEY`, `AGENT_KEY` or `ROBOT_KEY`.
    pub fn value(&self, name: &str) -> &str {
        let name = format!("ANSWERABLE_{name}");
        self.values.get(&name).unwrap_or_else(|| panic!("the demo prints no `{name}`"))
    }
}

/// The complete lines among those for scripts: the last may still be half written.
fn values(stdout: &str) -> BTreeMap<String, String> {
    let complete = stdout.rsplit_once('\n').map_or("", |(complete, _)| complete);
    let pairs = complete.lines().filter_map(|line| line.split_once('='));
    let known = pairs.filter(|(name, _)| DEMO_LINES.contains(name));
    known.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}
