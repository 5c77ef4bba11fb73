//! Identity providers: certified ones that behave like those that people have, and one that lies.

use std::net::SocketAddr;
use std::process::Command;
use std::time::Duration;

use crate::process::Child;
use crate::{paths, ports};

const READY_WITHIN: Duration = Duration::from_secs(30);

/// `tests/parts/providers.mjs`: three providers like Okta, Entra and Google.
#[derive(Debug)]
pub struct Providers {
    /// The process, for signals and output.
    pub child: Child,
    /// Where each listens.
    pub okta: SocketAddr,
    /// The second.
    pub entra: SocketAddr,
    /// The third.
    pub google: SocketAddr,
}

impl Providers {
    /// Starts them on free ports. They send people back only to addresses that begin with `redirects`.
    pub fn start(redirects: &str) -> Self {
        let [okta, entra, google] = [(); 3].map(|()| ports::loopback(ports::free()));
        let list = [okta, entra, google].map(|address| address.port().to_string()).join(",");
        let mut command = node("tests/parts/providers.mjs");
        command.env("PORTS", list).env("REDIRECTS", redirects);
        let mut child = Child::start("providers.mjs", &mut command);
        let all = [okta, entra, google];
        child.wait_ready(READY_WITHIN, |_| all.iter().all(|address| ports::is_open(address.port())));
        Self { child, okta, entra, google }
    }
}

/// `tests/parts/hostile_provider.mjs`: a provider that lies as it is told to.
#[derive(Debug)]
pub struct Hostile {
    /// The process, for signals and output.
    pub child: Child,
    /// Where it listens.
    pub address: SocketAddr,
}

impl Hostile {
    /// Starts it on a free port.
    pub fn start() -> Self {
        let address = ports::loopback(ports::free());
        let mut command = node("tests/parts/hostile_provider.mjs");
        command.env("PORT", address.port().to_string()).env("OTHER", "http://127.0.0.1:1/");
        let mut child = Child::start("hostile_provider.mjs", &mut command);
        child.wait_ready(READY_WITHIN, |_| ports::is_open(address.port()));
        Self { child, address }
    }

    /// Its issuer.
    pub fn issuer(&self) -> String {
        format!("http://{}", self.address)
    }
}

/// The Node.js that the providers need, newer than Debian's, with the modules beside it.
fn node(script: &str) -> Command {
    let script = paths::repository(script);
    let modules = paths::part("npm/node_modules");
    // Modules are looked for from the script upwards, so it runs from beside them.
    let beside = modules.join(".bin").join(script.file_name().unwrap_or_default());
    std::fs::copy(&script, &beside).expect("a copy of the script beside its modules");
    let mut command = Command::new(modules.join(".bin/node"));
    command.arg(beside);
    command
}
