//! What is done with overrides: how a workspace narrows an agent.

mod lift;
mod put;

pub use lift::lift;
pub use put::{Narrowing, put};
