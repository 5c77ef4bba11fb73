//! What an identity provider lets the organization know between two sign-ins: that somebody's tokens are void, that a
//! session of theirs was revoked, that an account was disabled.

mod event;
mod poll;
mod receive;
pub mod streams;
mod subject;
mod verify;
mod whom;

pub use event::{Effect, effect};
pub use receive::Received;
pub use store::StreamStanding;
pub use subject::{Subject, read_subject};
pub use verify::Verified;
pub use whom::Meant;
