//! Groups of the directory, and what they give.

mod create;
mod map;
mod remove;
mod replace;
mod told;
mod unmap;

pub use create::create;
pub use map::map;
pub use remove::remove;
pub use replace::replace;
pub use told::Told;
pub use unmap::unmap;
