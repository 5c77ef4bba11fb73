//! Streams of signals: which transmitters are believed.

mod create;
mod remove;

pub use create::{NewStream, create};
pub use remove::remove;
