//! What signing in through a provider works with, and no decision rests on: who somebody is to a provider, what is
//! under way, what was seen, the sealed secrets of clients.

mod check;
mod flow;
mod identity;
mod request;
mod routes;
mod secret;
mod seen;
mod setup;
mod sql;

pub use check::DomainCheck;
pub use flow::{Flow, Purpose};
pub use identity::Identity;
pub use request::{IdentityRequest, Telling};
pub(crate) use seen::{SEE_TOKEN, TOKENS_OVER};
pub use setup::SetupLink;
pub(crate) use setup::USE_SETUP_LINK;
