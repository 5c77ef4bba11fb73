//! What is done with ways in through identity providers.

mod approve;
mod close;
mod create;
mod demand;
mod enforce;
mod locked_out;
mod open;
mod remove;
mod set_up;
mod terms;
mod tested;
mod update;

pub use approve::{accept, decline};
pub use create::{NewConnection, create};
pub use enforce::{enforce, relax};
pub use locked_out::locked_out;
pub use open::{disable, pass, reopen};
pub use remove::remove;
pub use set_up::SettingUp;
pub(crate) use set_up::over;
pub use terms::CheckedTerms;
pub use update::{ConnectionPatch, Updated, update};
