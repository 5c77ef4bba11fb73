//! What is done with keys.

mod adjust;
mod create;
mod revoke;
mod rotate;
mod rotate_all;
mod rotate_many;
mod usage;

pub use adjust::{Adjust, adjust};
pub use create::{NewKey, create};
pub use revoke::revoke;
pub use rotate::{RotateKey, Rotated, rotate};
pub use rotate_all::rotate_all;
pub use rotate_many::{Many, ManyRotated, NotRotated, rotate_many};

use ::keys::Token;
use model::Key;

/// A key and its secret, which exists only here and now.
#[derive(Debug)]
pub struct Minted {
    /// The secret, to be shown once.
    pub token: Token,
    /// What is kept.
    pub key: Key,
}
