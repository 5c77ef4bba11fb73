//! What is done with invitations: an owner's wish to bring an agent into a workspace.

mod answer;
mod create;
mod home;
mod scoped;

pub use answer::{accept, decline, withdraw};
pub use create::invite;
pub use scoped::{Asked, Wish, invite_with_scope};
