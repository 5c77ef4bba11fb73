//! What is done with robots.

mod create;
mod delete;
mod pause;
mod resume;
mod stewards;
mod update;

pub use create::{NewRobot, create};
pub use delete::delete;
pub use pause::pause;
pub use resume::resume;
pub use update::{RobotPatch, update};
