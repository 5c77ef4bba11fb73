//! The pages as a person meets them, without a script.

mod agents;
mod audit;
mod clerk;
mod events;
mod explore;
mod gateways;
mod joining;
mod keys;
mod matrix;
mod members;
mod overview;
mod robots;
mod servers;
mod settings;
mod signed_in;
mod visitor;
mod workspaces;

pub(crate) use clerk::{Clerk, hidden};
