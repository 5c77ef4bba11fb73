//! Caddy, with `forward_auth`.

use std::process::Command;

use super::{Gateway, Wiring};
use crate::directory::Directory;
use crate::{paths, ports};

/// Starts Caddy on `deploy/caddy/Caddyfile`, which reads its values from the environment.
pub fn caddy(wiring: &Wiring<'_>) -> Gateway {
    let (files, listen) = (Directory::new(), ports::loopback(ports::free()));
    let mut command = Command::new(paths::part("venv/bin/caddy"));
    command
        .args(["run", "--adapter", "caddyfile", "--config"])
        .arg(paths::repository("deploy/caddy/Caddyfile"));
    command.envs(wiring.values(listen)).env("HOME", files.path());
    command.env("XDG_DATA_HOME", files.path()).env("XDG_CONFIG_HOME", files.path());
    Gateway::start("caddy", &mut command, listen, files)
}
