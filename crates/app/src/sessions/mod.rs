//! Signed-in people: sessions begin, are found by their secret, prove themselves anew, and end.
//!
//! No decision rests on a session, so nothing here is a fact: it says who asks, and `decide` says what they may.

mod find;
mod here;
mod link;
mod newcomer;
mod places;
mod presence;
mod prove;
mod reach;
mod secret;
mod sign_in;
mod sign_out;
mod trust;

pub use find::Found;
pub use link::LINK_LENGTH;
pub use places::Place;
pub use prove::Proven;
pub use secret::Secret;
pub use sign_in::{Browser, Opened, SignIn};
pub use store::{Presence, SignInLink};
pub use trust::honours;

pub(crate) use find::TOUCHED_EVERY;
pub(crate) use secret::hash;
