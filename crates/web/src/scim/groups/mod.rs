//! `/scim/v2/Groups`

mod create;
mod get;
mod list;
mod patch;
mod remove;
mod replace;
mod told;
mod view;

pub(super) use create::{create, create_group};
pub(super) use get::get;
pub(super) use list::list;
pub(super) use patch::{patch, patch_group};
pub(super) use remove::{remove, remove_group};
pub(super) use replace::{replace, replace_group};
pub(super) use view::show;
