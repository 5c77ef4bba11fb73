//! Signing in through somebody else: `OpenID` Connect, and plain OAuth 2.0 as GitHub speaks it, over `egress`.
//!
//! What is verified here (security.md S3): the issuer byte by byte, at discovery, at the callback (RFC 9207) and in the
//! token; the audience, which is us and nobody else; the signature, by a key of the provider's own set and one of
//! four algorithms; the nonce, the times. Nothing a token says about where its key is, is believed.
//!
//! Pure where it can be: time and chance are passed in. It knows no user and no session: it says who somebody is to
//! their provider, and nothing about what they may.

mod authorization;
mod cache;
mod claims;
mod client_key;
mod ending;
mod error;
mod exchange;
mod groups;
mod id_token;
mod jwks;
mod jws;
mod logout_token;
mod metadata;
mod oauth;
mod offline;
mod oidc;
mod polling;
mod refresh;
mod revoke;
mod security_event;
#[cfg(test)]
mod tests;
mod userinfo;

pub use authorization::{Asked, Prompt, Secrets};
pub use claims::{Claims, Groups};
pub use client_key::ClientKey;
pub use error::SignInError;
pub use id_token::Expected;
pub use logout_token::LoggedOut;
pub use metadata::Metadata;
pub use oidc::{Person, Returned};
pub use polling::{Acknowledged, Asks, NotBelieved, Polled};
pub use refresh::{Kept, NotRefreshed, Refreshed, Said};
pub use revoke::NotRevoked;
pub use security_event::{SecurityEvent, Transmitter};

use cache::Cache;
use egress::Egress;
use jwks::KeySet;
use offline::Refused;

/// Signs people in through providers, and remembers their metadata and keys for a while. Cheap to clone.
#[derive(Debug, Clone)]
pub struct SignIn {
    egress: Egress,
    metadata: Cache<Metadata>,
    keys: Cache<KeySet>,
    refused: Refused,
}

impl SignIn {
    /// Over that door.
    pub fn new(egress: Egress) -> Self {
        // A set of keys is a few kilobytes; 256 KiB (security.md W1) is room for many and for no attack.
        let keys = Cache::new(
            egress.clone().with_limits(egress::Limits { body_bytes: 256 << 10, ..Default::default() }),
        );
        Self { metadata: Cache::new(egress.clone()), keys, refused: Refused::default(), egress }
    }
}
