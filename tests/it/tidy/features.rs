//! That the program and the tests are built with the same features, so that nothing is compiled twice.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use testkit::paths::repository;

use super::tree::Findings;

/// Each package of the workspace and below it, with every set of features that it is built with.
fn features(edges: &str) -> BTreeMap<String, BTreeSet<String>> {
    let output = Command::new(env!("CARGO"))
        .args([
            "tree",
            "--workspace",
            "--locked",
            "--edges",
            edges,
            "--prefix",
            "none",
            "--format",
            "{p}|{f}",
        ])
        .current_dir(repository(""))
        .output()
        .expect("cargo tree");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut all: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        if let Some((package, features)) = line.trim_end_matches(" (*)").split_once('|') {
            all.entry(package.to_owned()).or_default().insert(features.to_owned());
        }
    }
    assert!(all.len() > 100, "only {} packages", all.len());
    all
}

#[test]
fn the_tests_widen_no_features_of_the_program() {
    let (program, tests) = (features("normal,build"), features("normal,build,dev"));
    let mut findings = Findings::default();
    for (package, with_tests) in tests {
        let Some(without) = program.get(&package) else { continue };
        for set in with_tests.difference(without) {
            findings.at(
                "tests/Cargo.toml",
                1,
                format!("{package} is built again for the tests, with `{set}`"),
            );
        }
    }
    findings.none(
        "What tests alone use and what widens features of others is an ordinary dependency of `tests`, so that \
         `cargo build --workspace` and `cargo test --workspace` share everything.",
    );
}
