//! Debian packages: asked for only when a program that the tests need is not on the machine.

use std::process::Command;

use super::say;
use crate::failure::Failure;
use crate::{step, tree};

/// A Debian package, and how to tell that it is not needed.
struct Package {
    name: &'static str,
    why: &'static str,
    is_present: fn() -> bool,
}

const PACKAGES: [Package; 9] = [
    Package {
        name: "postgresql",
        why: "the PostgreSQL store: SQL, locks, cascades",
        is_present: has_postgres,
    },
    Package { name: "nginx", why: "auth_request in front of an MCP server", is_present: has_nginx },
    Package { name: "wrk", why: "load for the bench", is_present: || has("wrk") },
    Package { name: "python3-venv", why: "the MCP SDK, Caddy and Envoy from PyPI", is_present: has_venv },
    Package {
        name: "nodejs",
        why: "the reference MCP server and Cerbos from npm",
        is_present: || has("node"),
    },
    Package { name: "npm", why: "the reference MCP server and Cerbos from npm", is_present: || has("npm") },
    Package { name: "chromium", why: "the pages as people see and use them", is_present: || has("chromium") },
    Package {
        name: "fonts-dejavu-core",
        why: "letters of scripts that the pages bring no font for",
        is_present: || has_font("dejavu"),
    },
    Package {
        name: "fonts-liberation",
        why: "what Chromium falls back to",
        is_present: || has_font("liberation"),
    },
];

/// Installs each package whose program is missing.
pub(super) fn install() -> Result<(), Failure> {
    println!("==> parts from Debian");
    let missing: Vec<&Package> = PACKAGES.iter().filter(|package| !(package.is_present)()).collect();
    for package in PACKAGES.iter().filter(|package| (package.is_present)()) {
        say("present", package.name, package.why);
    }
    if missing.is_empty() {
        return Ok(());
    }
    for package in &missing {
        say("installing", package.name, package.why);
    }
    step::capture(&mut apt_get(&["update", "-qq"]))?;
    let names = missing.iter().map(|package| package.name);
    let arguments: Vec<&str> =
        ["install", "-qq", "-y", "--no-install-recommends"].into_iter().chain(names).collect();
    step::capture(&mut apt_get(&arguments))?;
    missing.into_iter().find(|package| !(package.is_present)()).map_or(Ok(()), |package| {
        Err(Failure::Missing {
            part: package.name.to_owned(),
            why: package.why.to_owned(),
            detail: "the package is installed, its program is not to be found".to_owned(),
        })
    })
}

/// `apt-get`, through `sudo` where the caller is not root; waits for another installation to end.
fn apt_get(arguments: &[&str]) -> Command {
    let mut command = if is_root() { Command::new("env") } else { Command::new("sudo") };
    command
        .args(["DEBIAN_FRONTEND=noninteractive", "apt-get", "-o", "DPkg::Lock::Timeout=120"])
        .args(arguments);
    command
}

fn is_root() -> bool {
    step::capture(Command::new("id").arg("-u")).is_ok_and(|text| text.trim() == "0")
}

fn has(program: &str) -> bool {
    tree::find_program(program).is_some()
}

fn has_postgres() -> bool {
    has("initdb") && has("postgres")
}

/// Fonts have no program; Debian keeps each family in a folder of its own, whose name begins like the family's.
fn has_font(family: &str) -> bool {
    let folders = std::fs::read_dir("/usr/share/fonts/truetype").into_iter().flatten().flatten();
    folders.into_iter().any(|folder| folder.file_name().to_string_lossy().starts_with(family))
}

/// nginx may be built without the one module that the tests are about.
fn has_nginx() -> bool {
    tree::find_program("nginx").is_some_and(|nginx| {
        step::capture(Command::new(nginx).arg("-V"))
            .is_ok_and(|text| text.contains("--with-http_auth_request_module"))
    })
}

/// Debian splits `ensurepip` from Python, and without it a virtual environment has no `pip`.
fn has_venv() -> bool {
    step::capture(Command::new("python3").args(["-c", "import ensurepip, venv"])).is_ok()
}
