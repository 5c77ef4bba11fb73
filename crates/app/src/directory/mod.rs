//! What the organization's directory does (SCIM): it brings people and groups, says when they change, and takes them
//! away. Each is decided like everything else, with the directory's key as the means.

mod after;
pub mod groups;
mod log;
pub mod people;

pub use log::{Failure, FailureNote, Standing};

use after::after;
