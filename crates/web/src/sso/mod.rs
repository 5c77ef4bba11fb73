//! Signing in through identity providers: where people are sent away, and where they and their providers come back to.
//!
//! - `GET /sso/continue`: begins, and shows the way to the provider. A page and no redirect: a browser that sent a form
//!   may be redirected only to where forms may be sent, which is here.
//! - `GET /sso/cb/{connection}`: comes back from that connection's provider, and no other.
//! - `POST /sso/logout/{connection}`: the provider says that somebody signed out there.
//! - `GET /sso/keys/{connection}`: the public keys by which we prove to the provider who we are.

mod callback;
mod failed;
mod flow_cookie;
mod keys;
mod leave;
mod logout;
mod outcome;
mod start;

use actix_web::web::ServiceConfig;

/// Mounts the routes.
pub(crate) fn configure(config: &mut ServiceConfig) {
    config.service(start::go).service(callback::callback).service(logout::logout).service(keys::keys);
}
