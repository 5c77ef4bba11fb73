//! What is done with members.

mod add;
mod cut;
mod leave;
mod person;
mod resume;
mod role;

pub use add::{Who, add};
pub use cut::Cut;
pub use leave::{remove, suspend};
pub use resume::resume;
pub use role::set_role;

pub(crate) use person::address;
