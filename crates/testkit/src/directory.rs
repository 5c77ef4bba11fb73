//! A directory that goes away with the test, or at the latest with the test process.

use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::guardian;

/// A fresh temporary directory.
#[derive(Debug)]
pub struct Directory(TempDir);

impl Directory {
    /// Creates it.
    pub fn new() -> Self {
        let directory = TempDir::with_prefix("answerable-").expect("a temporary directory");
        guardian::remove(directory.path());
        Self(directory)
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// A path inside it.
    pub fn join(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }
}

impl Default for Directory {
    fn default() -> Self {
        Self::new()
    }
}
