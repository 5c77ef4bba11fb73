//! The management API: JSON under `/v1/orgs/{org}`, one endpoint per file.
//!
//! A handler extracts, calls one use case and presents. Who may do what is decided beneath, in one function.

mod body;
mod caller;
mod idempotency;
mod order;
mod page;
mod presented;
mod problems;
mod reason;
mod words;
pub(crate) mod written;

pub mod agents;
pub mod break_glass;
pub mod connections;
pub mod directory;
pub mod domains;
pub mod evidence;
pub mod gateways;
pub mod groups;
pub mod identities;
pub mod invitations;
pub mod keys;
pub mod leaks;
pub mod me;
pub mod member_invitations;
pub mod members;
pub mod onboarding;
pub mod organizations;
pub mod overrides;
pub mod overview;
pub mod robots;
pub mod roles;
pub mod servers;
pub mod signal_streams;
pub mod workspaces;

pub use body::Body;
pub use caller::Tenant;
pub use page::{Listed, PageQuery};

use utoipa_actix_web::service_config::ServiceConfig;

/// Mounts every endpoint of the management API.
pub fn configure(config: &mut ServiceConfig<'_>) {
    me::configure(config);
    organizations::configure(config);
    overview::configure(config);
    onboarding::configure(config);
    members::configure(config);
    identities::configure(config);
    member_invitations::configure(config);
    workspaces::configure(config);
    overrides::configure(config);
    invitations::configure(config);
    agents::configure(config);
    robots::configure(config);
    servers::configure(config);
    roles::configure(config);
    gateways::configure(config);
    keys::configure(config);
    connections::configure(config);
    domains::configure(config);
    break_glass::configure(config);
    evidence::configure(config);
    leaks::configure(config);
    directory::configure(config);
    groups::configure(config);
    signal_streams::configure(config);
}
