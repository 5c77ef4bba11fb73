//! Signing in through real providers, and through one that lies.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops where it fails"
)]

mod honest;
mod hostile;
mod person;
