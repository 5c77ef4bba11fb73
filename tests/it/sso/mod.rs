//! People sign in through identity providers: real ones, from the first page to the last.

mod acceptance;
mod break_glass;
mod browser;
mod connecting;
mod github;
mod groups;
mod keyed;
mod leaving;
mod provisioned;
mod reach;
mod refresh;
mod refused;
mod resolver;
mod revoked;
pub(crate) mod scene;
mod signalled;
mod through;
