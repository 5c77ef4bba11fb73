//! Where things are: the repository, the installed components, the system's programs.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

/// A path in the repository, given from its root.
pub fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

/// A path among the components that `cargo xtask parts` installed.
pub fn part(path: &str) -> PathBuf {
    let part = repository("target/parts").join(path);
    assert!(part.exists(), "`target/parts/{path}` is missing: run `cargo xtask parts`");
    part
}

/// A program of the system: on `PATH`, in the directories that only root has there, or in
/// Debian's directory of a PostgreSQL version, the newest first.
pub fn program(name: &str) -> PathBuf {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path)
        .chain(["/usr/local/sbin", "/usr/sbin", "/sbin"].map(PathBuf::from))
        .chain(postgres_directories())
        .map(|directory| directory.join(name))
        .find(|candidate| candidate.is_file())
        .unwrap_or_else(|| panic!("`{name}` is not on this machine: run `cargo xtask parts`"))
}

fn postgres_directories() -> Vec<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut found: Vec<(u32, PathBuf)> = versions
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .collect();
    found.sort();
    found.into_iter().rev().map(|(_, directory)| directory).collect()
}
