//! Envoy, with HTTP `ext_authz`.

use std::process::Command;

use super::{Gateway, Wiring};
use crate::directory::Directory;
use crate::{paths, ports};

/// Starts Envoy on `deploy/envoy/envoy.yaml`.
pub fn envoy(wiring: &Wiring<'_>) -> Gateway {
    let (files, listen) = (Directory::new(), ports::loopback(ports::free()));
    let configuration = wiring.render("envoy/envoy.yaml", listen, &files);
    let mut command = Command::new(paths::part("venv/bin/envoy"));
    // Several run side by side on one machine, and none of them is ever replaced in place.
    command
        .args(["--concurrency", "1", "--disable-hot-restart", "--log-level", "warn", "-c"])
        .arg(configuration);
    Gateway::start("envoy", &mut command, listen, files)
}
