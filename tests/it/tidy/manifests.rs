//! What every manifest says alike.

use std::process::Command;

use testkit::paths::repository;

use super::tree::{File, Findings, files};

fn manifests() -> Vec<File> {
    files().into_iter().filter(|file| file.path.ends_with("/Cargo.toml")).collect()
}

/// The lines of the sections whose name ends so, with the section's own.
fn section<'a>(file: &'a File, ends: &'a str) -> impl Iterator<Item = (usize, &'a str)> {
    let mut inside = false;
    file.lines().filter(move |(_, line)| {
        if let Some(name) = line.strip_prefix('[') {
            inside = name.trim_end_matches(']').ends_with(ends);
            return false;
        }
        inside && !line.trim().is_empty() && !line.starts_with('#')
    })
}

#[test]
fn every_crate_keeps_the_lints_of_the_house() {
    let mut findings = Findings::default();
    for manifest in manifests() {
        if !section(&manifest, "lints").any(|(_, line)| line == "workspace = true") {
            findings.at(&manifest.path, 1, "no `[lints] workspace = true`");
        }
    }
    findings.none("Every crate inherits the lints of the workspace.");
}

#[test]
fn every_dependency_is_pinned_in_one_place() {
    let mut findings = Findings::default();
    for manifest in manifests() {
        for (number, line) in section(&manifest, "dependencies") {
            let inherited = line.contains(".workspace = true") || line.contains("{ workspace = true");
            if !inherited {
                findings.at(&manifest.path, number, format!("`{line}` is not declared by the workspace"));
            }
        }
    }
    findings.none("Every dependency is declared once, in the workspace's manifest.");
}

#[test]
fn the_lock_file_is_kept() {
    let listed = Command::new("git").args(["ls-files", "Cargo.lock"]).current_dir(repository("")).output();
    let kept = match listed {
        Ok(output) if output.status.success() => !output.stdout.is_empty(),
        _ => repository("Cargo.lock").is_file(),
    };
    assert!(kept, "Cargo.lock:1: it is not in the repository, so no two machines build the same program");
}
