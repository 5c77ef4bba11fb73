//! What is done with invitations: an owner's wish to bring an agent into a workspace.

mod answer;
mod create;
mod home;

pub use answer::{accept, decline, withdraw};
pub use create::invite;
