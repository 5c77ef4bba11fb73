//! People of the directory.

mod create;
mod remove;
mod replace;
mod told;

pub use create::create;
pub use remove::remove;
pub use replace::replace;
pub use told::Told;
pub(super) use told::{external_id, taken};
