//! `/scim/v2/Users`

mod create;
mod get;
mod list;
mod patch;
mod remove;
mod replace;
mod told;
mod view;

pub(super) use create::{create, create_person};
pub(super) use get::get;
pub(super) use list::list;
pub(super) use patch::{patch, patch_person};
pub(super) use remove::{remove, remove_person};
pub(super) use replace::{replace, replace_person};
pub(super) use view::show;
