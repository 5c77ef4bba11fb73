//! Who sits at the browser: the cookie, the proof that a request comes from our own pages, and the extractors that
//! handlers ask for.
//!
//! - [`SignedIn`]: somebody is signed in; which organization does not matter.
//! - [`Visit`]: somebody is in the organization of the URL (`/o/{org}/…`).
//! - [`Fresh`]: either of them, and they proved who they are within five minutes.
//! - [`Form`]: the fields of a form that this session's own page sent.
//! - [`OpenForm`]: the fields of a form that needs no session.
//! - [`Anybody`]: somebody who need not be signed in; like an [`OpenForm`], counted by where they come from.
//!
//! Each refuses an unsafe method that does not come from this site (security.md S7): asking for one is the check.

mod anybody;
mod asking;
mod cookie;
mod form;
mod fresh;
mod local;
mod origin;
mod signed_in;
mod visit;

pub use anybody::{Anonymous, Anybody};
pub use cookie::{COOKIE, end, remember};
pub use form::{Form, NoFields, OpenForm};
pub use fresh::Fresh;
pub use local::{local_path, step_up_path};
pub use origin::Site;
pub use signed_in::{SignedIn, browser};
pub use visit::Visit;

pub(crate) use anybody::count_newcomer;
pub(crate) use asking::count_asking;
pub(crate) use cookie::read as secret_of;
pub(crate) use origin::refuse_foreign;
pub(crate) use signed_in::found;
pub(crate) use visit::NotTaken;
