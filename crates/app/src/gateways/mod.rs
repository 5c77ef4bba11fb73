//! What is done with gateways.

mod create;
mod pause;
mod resume;
mod revoke;
mod seen;
mod update;

pub use create::{NewGateway, create};
pub use pause::pause;
pub use resume::resume;
pub use revoke::revoke;
pub use seen::{Seen, silent_for};
pub use update::{GatewayPatch, update};
