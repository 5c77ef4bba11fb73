//! The use cases, one small file each: bring the facts, decide, change, record, in one transaction. Knows nothing
//! of HTTP.
//!
//! A use case that changes something is a pure function of a [`Planning`]: it asks for its permit, works out the
//! edits, and gives both back as a [`Plan`]. [`App::change`] runs it under the lock of the organization and writes
//! permit, edits and evidence together.

pub mod accounts;
pub mod agents;
mod attention;
mod change;
pub mod connections;
pub mod directory;
pub mod domains;
mod drafts;
mod error;
pub mod evidence;
pub mod gateways;
pub mod identities;
pub mod invitations;
pub mod keys;
pub mod leaks;
pub mod member_invitations;
pub mod members;
pub mod onboarding;
pub mod organizations;
pub mod overrides;
mod pause;
mod plan;
mod read;
mod receipt;
mod remember;
mod reveals;
pub mod robots;
pub mod roles;
pub mod servers;
pub mod sessions;
pub mod signals;
pub mod single_sign_on;
mod version;
pub mod workspaces;

use std::sync::Arc;

use chrono::TimeDelta;
use egress::Egress;
use egress::dns::Dns;
use enforcement::Engine;
use signin::SignIn;
use store::Store;

pub use attention::{Attention, attention, living_agents};
pub use change::{Changed, Request};
pub use error::{Error, FieldError};
pub use plan::{Plan, Planning};
pub use read::Reading;
pub use receipt::{NodeReceipt, Receipt};
pub use reveals::Revealed;
pub use store::{GatewayUsage, KeyUsage};
pub use version::version_of;

/// Everything the use cases work with.
#[derive(Clone)]
pub struct App {
    /// Decides, and holds the facts.
    pub engine: Arc<Engine>,
    /// Keeps the facts.
    pub store: Store,
    /// The door to the outside.
    pub egress: Egress,
    /// Asks name servers what domains say of themselves.
    pub dns: Dns,
    /// Signs people in through identity providers.
    pub signin: SignIn,
    /// How often a provider is asked again about somebody who is signed in by it. None: never.
    pub refresh_every: Option<TimeDelta>,
    /// Where it is asked whether a password has leaked.
    pub breaches: accounts::Breaches,
    /// Where people find this installation, without a slash at the end.
    pub public_url: String,
    /// The name of this node, for receipts.
    pub node: String,
}
