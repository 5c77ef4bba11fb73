//! The one function that answers every question in the product: may this principal do that?
//!
//! [`decide`] is pure and total: facts and a request in, a [`Decision`] out, never an error, never a panic. Only an
//! allowed management decision can become a [`Permit`], whose fields nobody outside this crate can fill, and every
//! write asks for one.

mod action;
mod call;
mod decide;
mod decision;
mod directory;
mod manage;
mod mask;
mod permit;
mod provision;
mod question;
mod reach;
mod reason;
mod record;
mod signal;
mod visible;

pub use action::Action;
pub use call::{Call, Operation, Subject};
pub use decide::{Facts, Request, decide};
pub use decision::{Decision, Obligation, Party, Place, Verdict};
pub use manage::{Caller, Manage, Means, On};
pub use permit::{Denial, Permit};
pub use question::{Question, Step, Through};
pub use reason::Reason;
pub use record::{Record, Stamp};
pub use visible::{ways, what, who, why};
