//! The helpers keep their word, and the example configurations of `deploy/` do what they say.
#![expect(clippy::expect_used, reason = "the helper functions of a test fail as loudly as the test")]

mod components;
mod gateways;
mod helpers;
mod responder;
