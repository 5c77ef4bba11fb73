//! The pages as a person meets them, without a script.

mod agents;
mod clerk;
mod keys;
mod matrix;
mod members;
mod robots;
mod servers;
mod signed_in;
mod visitor;
mod workspaces;

pub(crate) use clerk::{Clerk, hidden};
