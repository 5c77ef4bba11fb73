//! What is done with organizations.

mod create;
mod demo;
mod end;
mod export;
mod first_start;
mod sign_up;
mod stop;
mod update;

pub use create::{FirstOwner, Founded, NewOrganization};
pub use end::{delete, resume, suspend, undelete};
pub use export::{Export, Exported};
pub use sign_up::{Founder, SignedUp};
pub use stop::{release_agents, stop_agents};
pub use update::update;
