//! People sign in through identity providers: real ones, from the first page to the last.

mod browser;
mod connecting;
mod leaving;
mod refused;
mod resolver;
mod scene;
mod through;
