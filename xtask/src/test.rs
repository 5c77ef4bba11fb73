//! `cargo xtask test`: everything that must hold before a change lands.

use std::process::Command;

use crate::failure::Failure;
use crate::{parts, step, tree};

/// Installs what is missing, then runs each check in turn and stops at the first failure.
///
/// The tests come last, so that the output closes with their summary.
pub(crate) fn run() -> Result<(), Failure> {
    parts::install()?;
    step::run("format", &mut cargo("fmt --all --check"))?;
    step::run("lints", &mut cargo("clippy --workspace --all-targets -- -D warnings"))?;
    step::run("documentation", cargo("doc --workspace --no-deps").env("RUSTDOCFLAGS", "-D warnings"))?;
    // The black-box tests drive the program itself, which `cargo test` does not build for them.
    step::run("program", &mut cargo("build --workspace --bin answerable"))?;
    // What is done in the browser is timed by its own waiting, so it is done alone.
    step::run("tests", &mut cargo("test --workspace -- --skip browser::"))?;
    step::run("pages in the browser", &mut cargo("test --workspace --test it -- browser::"))?;
    // The same database with the conditions on the organization taken out of every finder: PostgreSQL gives nothing away.
    let unscoped = "test --package store --features unscoped --test conformance isolation::";
    step::run("isolation without conditions", &mut cargo(unscoped))
}

fn cargo(arguments: &str) -> Command {
    let mut command = Command::new("cargo");
    command.args(arguments.split(' ')).current_dir(tree::root());
    command
}
