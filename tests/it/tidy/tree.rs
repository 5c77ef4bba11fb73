//! The files of the repository, and what is found wrong with them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use testkit::paths::repository;

/// A text file of the repository.
pub(super) struct File {
    /// Its path from the root.
    pub(super) path: String,
    /// Its contents.
    pub(super) text: String,
}

impl File {
    /// Its lines, numbered from one.
    pub(super) fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        (1..).zip(self.text.lines())
    }

    /// Whether it is Rust that goes into the program or its tools, and no test.
    pub(super) fn is_production(&self) -> bool {
        let test = ["/tests/", "/tests.rs", "/testing.rs", "/examples/", "/benches/"];
        self.is_rust()
            && !self.path.starts_with("tests/")
            && !test.iter().any(|part| self.path.contains(part))
    }

    /// Whether it is Rust.
    pub(super) fn is_rust(&self) -> bool {
        self.is_named("rs")
    }

    /// Whether its name ends in a dot and this.
    pub(super) fn is_named(&self, extension: &str) -> bool {
        Path::new(&self.path).extension().is_some_and(|found| found == extension)
    }

    /// The folder of the crate it belongs to: `crates/model`, `migrations`.
    pub(super) fn package(&self) -> &str {
        let depth = if self.path.starts_with("crates/") { 2 } else { 1 };
        let end = self.path.match_indices('/').nth(depth - 1).map_or(self.path.len(), |(at, _)| at);
        &self.path[..end]
    }
}

/// What is wrong, one line each.
#[derive(Default)]
pub(super) struct Findings(Vec<String>);

impl Findings {
    /// Notes what is wrong with a line.
    pub(super) fn at(&mut self, path: &str, line: usize, what: impl std::fmt::Display) {
        self.0.push(format!("{path}:{line}: {what}"));
    }

    /// Fails with all of them, under the rule that they break.
    pub(super) fn none(self, rule: &str) {
        assert!(self.0.is_empty(), "{rule}\n{}\n", self.0.join("\n"));
    }
}

/// Every text file that is in the repository or about to be: what is ignored is left out.
pub(super) fn files() -> Vec<File> {
    let read = |path: String| {
        let text = fs::read_to_string(repository(&path)).ok()?;
        Some(File { path, text })
    };
    let files: Vec<File> = paths().into_iter().filter_map(read).collect();
    assert!(files.len() > 100, "only {} files were found: the rules would hold of nothing", files.len());
    files
}

/// One file that has to be there.
pub(super) fn file(path: &str) -> File {
    let text = fs::read_to_string(repository(path));
    File { path: path.to_owned(), text: text.unwrap_or_else(|error| panic!("{path}:1: {error}")) }
}

fn paths() -> Vec<String> {
    let root = repository("");
    let listed = Command::new("git")
        .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .current_dir(&root)
        .output();
    match listed {
        Ok(output) if output.status.success() => {
            let listed = String::from_utf8_lossy(&output.stdout);
            listed.split_terminator('\0').map(ToOwned::to_owned).collect()
        }
        // An unpacked archive has no history to ask.
        _ => {
            let mut found = Vec::new();
            walk(&root, &root, &mut found);
            found
        }
    }
}

fn walk(root: &Path, directory: &Path, found: &mut Vec<String>) {
    let entries = fs::read_dir(directory).into_iter().flatten().flatten();
    let mut entries: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    entries.sort();
    for path in entries {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if ["target", "data", "node_modules", ".git", ".parts"].contains(&name.as_str()) {
            continue;
        }
        if path.is_dir() {
            walk(root, &path, found);
        } else if let Ok(inner) = path.strip_prefix(root) {
            found.push(inner.to_string_lossy().into_owned());
        }
    }
}
