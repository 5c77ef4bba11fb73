//! The key service: what a key looks like, how it is recognized, how long it lasts and how it is rotated.
//!
//! Pure: no I/O, no clock, no global randomness. Time comes in as [`model::Timestamp`], chance as
//! [`model::Entropy`]. What is kept of a key is [`model::Key`]; its plaintext exists only in a [`Token`], once.

mod base62;
mod error;
mod invitation_link;
mod lifecycle;
mod limits;
mod presented;
mod recognize;
mod redact;
mod room;
mod rotation;
mod slip;
mod stream_token;
pub mod terms;
mod token;

#[cfg(test)]
mod tests;

pub use error::{KeyError, LimitsError, NotAToken, Refusal};
pub use invitation_link::InvitationLink;
pub use lifecycle::{Issue, Issued, end_grace, extend_grace, issue, revoke};
pub use limits::{MAX_ADDRESS_RANGES, MAX_GATEWAYS, MAX_SCOPE_ENTRIES, check_limits};
pub use presented::Presented;
pub use recognize::recognize;
pub use redact::redact;
pub use rotation::{LEAKED, Rotate, Rotation, rotate};
pub use slip::{Slip, SlipError};
pub use stream_token::StreamToken;
pub use token::{TOKEN_LENGTH, Token, public_id};
