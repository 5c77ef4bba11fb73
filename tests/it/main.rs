//! One binary for every black-box test: the program as a user, a gateway or an operator meets it.
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "the helper functions of a test fail as loudly as the test"
)]

mod authzen;
mod bad_days;
mod bad_input;
mod browser;
mod import;
mod journeys;
mod kill;
mod limits;
mod pages;
mod program;
mod readme;
mod scim;
mod sign_in;
mod sso;
mod tidy;
mod walk;
mod world;
