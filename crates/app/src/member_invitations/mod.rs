//! What is done with invitations of people to an organization. Those of agents to workspaces are in
//! [`crate::invitations`].

mod accept;
mod create;
mod letter;
mod withdraw;

pub use accept::{Arrival, Newcomer, Shown};
pub use create::{Invited, NewMemberInvitation};
pub use withdraw::withdraw;
