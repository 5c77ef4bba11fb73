//! What tests stand on: a clock and a random source turned by hand, and the real components of
//! the world around the program, started on loopback and stopped again.
//!
//! Only ever a dev-dependency. Components are installed by `cargo xtask parts`.
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::missing_panics_doc,
    reason = "a helper that cannot do its work should fail the test loudly, with the cause"
)]

pub mod answerable;
pub mod browser;
pub mod cerbos;
pub mod clock;
pub mod directory;
pub mod fault;
pub mod gateways;
mod guardian;
pub mod http;
pub mod mcp;
pub mod paths;
pub mod ports;
pub mod postgres;
pub mod process;
pub mod providers;
pub mod random;
