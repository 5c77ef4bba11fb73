//! Watching the log as it grows: server-sent events, for the page and for programs alike.
//!
//! Who watches is asked anew before every look, by the very credential they came with: when a session ends, a key is
//! revoked or a membership goes, the events end with it.

mod credential;
mod seats;
mod stream;

pub(crate) use credential::Credential;
pub use seats::Closing;
pub(crate) use seats::Seats;
pub(crate) use stream::{Event, Watcher, answer};
