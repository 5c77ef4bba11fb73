//! `cargo xtask screens`: a picture of every page, light and dark, on a desk and on a phone.

use std::fs;
use std::process::Command;

use crate::failure::Failure;
use crate::{parts, step, tree};

/// Takes the pictures that the suite knows how to take, into `target/screens`.
///
/// The test does the work, so that the gates and the pictures are of the same pages.
pub(crate) fn run() -> Result<(), Failure> {
    parts::install()?;
    let directory = tree::root().join("target/screens");
    let make = || {
        if directory.exists() {
            fs::remove_dir_all(&directory)?;
        }
        fs::create_dir_all(&directory)
    };
    make().map_err(|source| Failure::File { path: directory.clone(), source })?;
    let mut command = Command::new("cargo");
    command
        .args(["test", "--workspace", "--test", "it", "--", "browser::gates", "--nocapture"])
        .current_dir(tree::root())
        .env("SCREENS", &directory);
    step::run("pictures of every page", &mut command)?;
    println!("    {}", directory.join("index.html").display());
    Ok(())
}
