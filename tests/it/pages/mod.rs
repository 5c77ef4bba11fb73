//! The pages as a person meets them, without a script.

mod agents;
mod agents_list;
mod alike;
mod audit;
mod clerk;
mod demo;
mod events;
mod explore;
mod exports;
mod gateways;
mod joining;
mod keys;
mod lists;
mod matrix;
mod members;
mod overview;
mod robots;
mod servers;
mod sessions;
mod settings;
mod signed_in;
mod suspended;
mod visitor;
mod workspaces;

pub(crate) use clerk::{Clerk, hidden};
