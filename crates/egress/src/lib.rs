//! The only place of the program that makes outbound HTTP requests.
//!
//! Tenants name the URLs that are asked here, so every request is hostile until checked (server-side request
//! forgery). The rules, all of them in force for every request:
//!
//! - `https` on port 443, no user name or password in the URL;
//! - the host is looked up once, every address it has must be on the public internet (`addresses.rs`), and the
//!   connection goes to those addresses and no others, so a second look-up cannot change the answer;
//! - an address written in the URL is checked just the same: HTTP clients skip their resolver for those;
//! - redirects are refused and proxies of the environment ignored, since both go where nothing was checked;
//! - connecting, the whole exchange and the body are bounded.
//!
//! The operator alone may make exceptions ([`Exception`], from `settings`). Errors are a fixed set of sentences
//! that tell a tenant nothing about the network inside; details go to the operator's log.

mod addresses;
mod client;
pub mod dns;
mod error;
pub mod mcp;
mod resolver;
mod response;
mod rules;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod tls;
mod turns;

pub use settings::Exception;

pub use crate::client::{Egress, Limits};
pub use crate::error::EgressError;
pub use crate::resolver::{Resolve, Resolving, SystemResolver};
pub use crate::response::Response;
pub use crate::turns::{MAX_IN_FLIGHT, Turn};
