//! What is done with members.

mod add;
mod cut;
mod leave;
mod person;
mod resume;
mod role;
mod sign_out;

pub use add::{Who, add};
pub use cut::Cut;
pub use leave::{remove, suspend};
pub use resume::resume;
pub use role::set_role;
pub use sign_out::{end_session, end_sessions, sign_out};

pub(crate) use leave::not_the_last_owner;
pub(crate) use person::address;
pub(crate) use sign_out::end_sessions_through;
