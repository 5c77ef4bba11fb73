//! Signing in through an organization's identity provider: sent away, come back, taken in.
//!
//! What a provider says settles who somebody is to it, and what the organization's rules make of that (security.md S1
//! to S5). It never says which user somebody is: an identity that was bound says so, and no address ever does.

mod admit;
mod asked;
mod begin;
mod client_key;
mod finish;
mod hint;
mod kept;
mod provision;
mod provisioned;
mod refresh;
mod revoke;
mod secret;
mod signed_out;
mod tie;
mod way_out;

pub use admit::Admitted;
pub(crate) use begin::hash;
pub use begin::{Beginning, FLOW_LENGTH};
pub use finish::{CameBack, Finished};
pub use provision::provision;
pub(crate) use signed_out::used;
pub use signin::{Claims, Person, Returned};
pub use store::{Identity, Purpose};
pub use tie::Tie;
