//! That what the README tells people to type is there to be typed.

use std::process::Command;

use testkit::paths::repository;

use super::tree::{Findings, file};

/// The two commands that set everything up. README says them, and nothing else is needed.
const SET_UP: [&str; 2] = ["cargo run -- demo", "cargo xtask test"];

/// One page, as it is printed.
const PAGE: usize = 70;

#[test]
fn the_readme_is_one_page_with_two_commands() {
    let readme = file("README.md");
    let length = readme.lines().count();
    assert!(length <= PAGE, "README.md:{PAGE}: {length} lines are more than a page");
    for command in SET_UP {
        assert!(readme.lines().any(|(_, line)| line == command), "README.md:1: it does not say `{command}`");
    }
}

#[test]
fn the_two_commands_exist() {
    let mut findings = Findings::default();
    for command in SET_UP {
        let words = command.split(' ').skip(1).chain(["--help"]);
        let output = Command::new(env!("CARGO")).args(words).current_dir(repository("")).output();
        let output = output.expect("cargo can be started");
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            let last = said.lines().rev().find(|line| !line.is_empty()).unwrap_or_default();
            findings.at("README.md", 1, format!("`{command}` does not work: {last}"));
        }
    }
    findings.none("The commands of the README are commands.");
}

#[test]
fn the_gate_runs_what_people_run() {
    let gate = file(".ci/run");
    let last = gate.lines().last().map(|(_, line)| line.trim_start_matches("exec ").to_owned());
    assert_eq!(
        last.as_deref(),
        Some("cargo xtask test"),
        ".ci/run: it has to end with the command people use"
    );
}
