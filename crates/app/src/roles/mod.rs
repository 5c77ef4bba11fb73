//! What is done with roles and their grants.

mod add_grant;
mod create;
mod name;
mod regrant;
mod remove;
mod remove_grant;
mod update;

pub use add_grant::{NewGrant, add_grant};
pub use create::{NewRole, create};
pub use regrant::{NewLine, Regrant, Regranted, grants_on, grants_version, regrant};
pub use remove::{Removed, remove};
pub use remove_grant::remove_grant;
pub use update::{RolePatch, update};
