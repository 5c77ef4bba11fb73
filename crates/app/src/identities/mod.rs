//! Accounts of other organizations' providers: a person asks an organization that they are a member of to take one, and
//! somebody there accepts that one, declines it, or withdraws it (security.md S2).
//!
//! What is accepted is one account at one provider as it was: another account of the same person, and the same account on
//! the word of another issuer or client, is nobody's here. Nothing is ever bound again by it.

mod accept;
mod account;
mod ask;
mod asking;
mod joining;
mod letter;
mod list;
mod vouch;
mod withdraw;

pub(crate) use accept::taking;
pub(crate) use account::Account;
pub use joining::Joining;
pub use list::{Idle, OutsideIdentity, Standing};
pub use vouch::voucher;
