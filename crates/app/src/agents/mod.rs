//! What is done with agents.

mod access;
mod create;
mod hand_over;
mod pause;
mod pause_many;
mod reach;
mod resume;
mod revoke;
pub(crate) mod scope;
mod update;

pub use access::{Access, Entrance, Line, Place, access_of};
pub use create::{NewAgent, create, create_with_key, reserve};
pub use hand_over::{hand_over, hand_over_all};
pub use pause::pause;
pub use pause_many::PausedMany;
pub use reach::{Reach, reach_of};
pub use resume::resume;
pub use revoke::revoke;
pub use scope::{Ceilings, set_scope};
pub use update::{Rename, update};
