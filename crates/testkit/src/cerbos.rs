//! Cerbos, the yardstick of the bench: a policy equal in meaning to a tool call's check.

use std::fs;
use std::net::SocketAddr;
use std::process::Command;
use std::time::Duration;

use crate::directory::Directory;
use crate::process::Child;
use crate::{paths, ports};

const READY_WITHIN: Duration = Duration::from_secs(30);

/// Where decisions are asked for.
pub const CHECK_PATH: &str = "/api/check/resources";

/// Whether each decision is written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audit {
    /// To a file, which Cerbos does not flush to the disk.
    File,
    /// Not at all.
    Off,
}

/// A running Cerbos.
#[derive(Debug)]
pub struct Cerbos {
    /// The process, for signals and output.
    pub child: Child,
    /// Where its HTTP endpoint listens.
    pub address: SocketAddr,
    files: Directory,
}

impl Cerbos {
    /// Starts it with the policy of `tests/parts/cerbos`.
    pub fn start(audit: Audit) -> Self {
        let (files, address) = (Directory::new(), ports::loopback(ports::free()));
        let text =
            fs::read_to_string(paths::repository("tests/parts/cerbos/conf.yaml")).expect("the configuration");
        let text = text
            .replace("${HTTP_ADDRESS}", &address.to_string())
            .replace("${GRPC_ADDRESS}", &ports::loopback(ports::free()).to_string())
            .replace("${POLICIES}", &paths::repository("tests/parts/cerbos/policies").display().to_string())
            .replace("${AUDIT}", if audit == Audit::File { "true" } else { "false" })
            .replace("${AUDIT_FILE}", &files.join("audit.log").display().to_string());
        let configuration = files.join("conf.yaml");
        fs::write(&configuration, text).expect("a file in our own directory");
        let mut command =
            Command::new(paths::part("npm/node_modules/@cerbos/cerbos-linux-x64/cerbos-linux-x64"));
        command.arg("server").arg("--config").arg(configuration).env("CERBOS_NO_TELEMETRY", "1");
        let mut child = Child::start("cerbos", &mut command);
        child.wait_ready(READY_WITHIN, |_| ports::is_open(address.port()));
        Self { child, address, files }
    }

    /// The check to ask, as JSON: an allowed tool call.
    pub fn request() -> String {
        fs::read_to_string(paths::repository("tests/parts/cerbos/check.json")).expect("the check")
    }

    /// What it has written down so far.
    pub fn audit_log(&self) -> String {
        fs::read_to_string(self.files.join("audit.log")).unwrap_or_default()
    }
}
