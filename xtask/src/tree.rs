//! Where things are: in this repository and on this machine.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::Failure;

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}

/// Where installed components live; nothing is installed into the system but Debian packages.
pub(crate) fn parts() -> PathBuf {
    root().join("target/parts")
}

/// Finds a program on `PATH`, in the directories of system programs (which only root has on its
/// `PATH`), or in Debian's directory of the newest PostgreSQL.
pub(crate) fn find_program(name: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path)
        .chain(["/usr/local/sbin", "/usr/sbin", "/sbin"].map(PathBuf::from))
        .chain(postgres_directories())
        .map(|directory| directory.join(name))
        .find(|candidate| candidate.is_file())
}

/// Debian keeps each major version of PostgreSQL apart, and off the `PATH`.
fn postgres_directories() -> Vec<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut found: Vec<(u32, PathBuf)> = versions
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .collect();
    found.sort();
    found.into_iter().rev().map(|(_, directory)| directory).collect()
}

/// Reads a file as text.
pub(crate) fn read(path: &Path) -> Result<String, Failure> {
    fs::read_to_string(path).map_err(|source| Failure::File { path: path.to_path_buf(), source })
}

/// Writes a file, with the directories above it.
pub(crate) fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let make = || {
        fs::create_dir_all(path.parent().unwrap_or(path))?;
        fs::write(path, text)
    };
    make().map_err(|source| Failure::File { path: path.to_path_buf(), source })
}
