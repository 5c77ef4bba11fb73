//! What is done with domains of mail addresses.

mod add;
mod lapse;
mod lead;
mod prove;
mod public;
mod remove;

pub use add::add;
pub use lapse::GRACE;
pub use lead::Realm;
pub use remove::remove;
