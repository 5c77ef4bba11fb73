//! What is done with organizations.

mod create;
mod stop;
mod update;

pub use create::{FirstOwner, Founded, NewOrganization};
pub use stop::{release_agents, stop_agents};
pub use update::update;
