//! What is compared: the program with and without its recorder, on a small and on a large organization, and the
//! yardstick with and without its audit.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::program::{Program, free_port};
use crate::failure::Failure;
use crate::{step, tree};

/// Bodies that are asked in turn: many agents, servers and tools.
const BODIES: u32 = 4_096;
/// The tools that the yardstick's policy lets through.
const TOOLS: [&str; 3] = ["search_notes", "create_note", "transfer"];

/// Something that answers checks.
pub(super) struct Contestant {
    /// What it is called in messages and logs.
    pub(super) name: &'static str,
    /// The running program.
    pub(super) program: Program,
    /// Where checks are asked for.
    pub(super) path: &'static str,
    /// The file with what is asked, a body to a line.
    pub(super) bodies: PathBuf,
    /// The bearer token, or `-`.
    pub(super) token: String,
    /// What an allowing answer holds.
    pub(super) expected: &'static str,
}

/// An organization in a database file, and what to ask of it.
#[derive(Clone)]
pub(super) struct Seeded {
    database: PathBuf,
    bodies: PathBuf,
    token: String,
    /// How many grants its roles carry.
    pub(super) grants: f64,
}

/// Makes a database with so many agents.
pub(super) fn seed(directory: &Path, agents: u32) -> Result<Seeded, Failure> {
    let database = directory.join(format!("agents-{agents}.sqlite"));
    let bodies = directory.join(format!("agents-{agents}.bodies"));
    let mut command = measure();
    command.arg("seed").arg(url(&database)).args([agents.to_string(), BODIES.to_string()]).arg(&bodies);
    let text = step::capture(&mut command)?;
    let token = text.lines().find_map(|line| line.strip_prefix("GATEWAY_KEY="));
    let token = token.ok_or_else(|| Failure::Unfit(format!("no key was printed: {text}")))?.to_owned();
    let grants = super::load::figure(&text, "GRANTS").unwrap_or(f64::NAN);
    Ok(Seeded { database, bodies, token, grants })
}

/// The example that measures from inside.
pub(super) fn measure() -> Command {
    Command::new(tree::root().join("target/release/examples/measure"))
}

pub(super) fn url(database: &Path) -> String {
    format!("sqlite://{}", database.display())
}

impl Seeded {
    /// A copy of its own for another program.
    pub(super) fn copy(&self, name: &str) -> Result<Self, Failure> {
        let database = self.database.with_file_name(name);
        fs::copy(&self.database, &database)
            .map_err(|source| Failure::File { path: database.clone(), source })?;
        Ok(Self { database, ..self.clone() })
    }
}

impl Contestant {
    /// Starts the program on a seeded database, and has it read the organization.
    pub(super) fn answerable(
        name: &'static str,
        seeded: &Seeded,
        is_recording: bool,
        logs: &Path,
    ) -> Result<Self, Failure> {
        let port = free_port()?;
        let mut command = Command::new(tree::root().join("target/release/answerable"));
        command.arg("serve");
        if !is_recording {
            command.arg("--unrecorded-for-measurement");
        }
        command
            .env("ANSWERABLE_DATABASE__URL", url(&seeded.database))
            .env("ANSWERABLE_SERVER__LISTEN", format!("127.0.0.1:{port}"))
            .env("ANSWERABLE_METRICS__LISTEN", "")
            // As deploy/answerable.service has it.
            .env("MIMALLOC_ALLOW_LARGE_OS_PAGES", "1")
            // What it can do, not what one organization may ask for.
            .env("ANSWERABLE_LIMITS__CALLS_PER_SECOND", "0");
        let program = Program::start(name, &mut command, port, "/readyz", logs)?;
        let text = tree::read(&seeded.bodies)?;
        let expected = "\"decision\":true";
        program.ask("/v1/check", &seeded.token, text.lines().next().unwrap_or_default(), expected)?;
        let (bodies, token) = (seeded.bodies.clone(), seeded.token.clone());
        Ok(Self { name, program, path: "/v1/check", bodies, token, expected })
    }

    /// Starts the yardstick, with a policy of the same meaning.
    pub(super) fn cerbos(name: &'static str, is_audited: bool, directory: &Path) -> Result<Self, Failure> {
        let parts = tree::root().join("tests/parts/cerbos");
        let port = free_port()?;
        let text = tree::read(&parts.join("conf.yaml"))?
            .replace("${HTTP_ADDRESS}", &format!("127.0.0.1:{port}"))
            .replace("${GRPC_ADDRESS}", &format!("127.0.0.1:{}", free_port()?))
            .replace("${POLICIES}", &parts.join("policies").display().to_string())
            .replace("${AUDIT}", if is_audited { "true" } else { "false" })
            .replace("${AUDIT_FILE}", &directory.join(format!("{name}.audit")).display().to_string());
        let configuration = directory.join(format!("{name}.yaml"));
        tree::write(&configuration, &text)?;
        let cerbos = "npm/node_modules/@cerbos/cerbos-linux-x64/cerbos-linux-x64";
        let mut command = Command::new(tree::parts().join(cerbos));
        command.arg("server").arg("--config").arg(configuration).env("CERBOS_NO_TELEMETRY", "1");
        let program = Program::start(name, &mut command, port, "/_cerbos/health", directory)?;
        let bodies = directory.join(format!("{name}.bodies"));
        tree::write(&bodies, &checks(&tree::read(&parts.join("check.json"))?))?;
        let (path, expected) = ("/api/check/resources", "EFFECT_ALLOW");
        Ok(Self { name, program, path, bodies, token: "-".to_owned(), expected })
    }
}

/// The yardstick's check on one line, over and over with other agents, tools and amounts.
fn checks(check: &str) -> String {
    let check: String = check.lines().map(str::trim).collect();
    (0..BODIES).zip(TOOLS.iter().cycle()).fold(String::new(), |mut all, (number, tool)| {
        let check = check
            .replace("\"id\": \"agent\"", &format!("\"id\": \"agent-{number}\""))
            .replace("notebook/transfer", &format!("notebook/{tool}"))
            .replace("\"tool\": \"transfer\"", &format!("\"tool\": \"{tool}\""))
            .replace("\"amount\": 5", &format!("\"amount\": {}", number % 100));
        // Writing to a string cannot fail.
        let _ok = writeln!(all, "{check}");
        all
    })
}
