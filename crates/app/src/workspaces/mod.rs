//! What is done with workspaces: their rules, who is in them, which servers they offer.

mod agents;
mod attach;
mod create;
mod enter;
mod leave;
mod place;
mod update;

pub use agents::{AgentHere, may_see, people_of};
pub use attach::{attach, detach};
pub use create::{NewWorkspace, create};
pub use enter::enter;
pub use leave::{Left, leave, leave_one};
pub use update::{Rules, Stricter, update};

pub(crate) use create::no_id;
