//! `cargo xtask parts`: installs the real components the tests run against.
//!
//! Each comes by name and pinned version from Debian, `PyPI` or npm. What is already there is left
//! alone, so a second run costs some file look-ups.

mod debian;
mod node;
mod python;

use std::path::Path;

use crate::failure::Failure;
use crate::tree;

/// Installs what is missing; fails with the name of whatever cannot be had.
pub(crate) fn install() -> Result<(), Failure> {
    debian::install()?;
    python::install()?;
    node::install()
}

/// Tells whether an installation was made from exactly these pins: the stamp is a copy of them.
fn is_stamped(stamp: &Path, pins: &str) -> bool {
    tree::read(stamp).is_ok_and(|text| text == pins)
}

/// Prints what is there, or is about to be, and what for.
fn say(state: &str, part: &str, why: &str) {
    println!("    {state:<10} {part:<44} {why}");
}

/// Prints the same of several parts, each given with what it is for.
fn say_each(state: &str, parts: &[(&str, &str)]) {
    for (part, why) in parts {
        say(state, part, why);
    }
}
