//! That what the README tells people to type is there to be typed.

use testkit::answerable::command;

use super::tree::file;

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
    let root = file("Cargo.toml");
    let default = root.lines().find(|(_, line)| line.starts_with("default-members"));
    assert_eq!(
        default.map(|(_, line)| line),
        Some(r#"default-members = ["crates/answerable"]"#),
        "Cargo.toml: `cargo run` has to mean the program"
    );
    let output = command().args(["demo", "--help"]).output().expect("the program can be started");
    assert!(output.status.success(), "README.md: there is no `demo`");

    let alias = file(".cargo/config.toml");
    let xtask = r#"xtask = "run --quiet --package xtask --""#;
    assert!(alias.lines().any(|(_, line)| line == xtask), ".cargo/config.toml: there is no `cargo xtask`");
    let chores = file("xtask/src/main.rs");
    let test = chores.lines().any(|(_, line)| line.trim() == "Test,");
    assert!(test, "xtask/src/main.rs: there is no chore `test`");
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
