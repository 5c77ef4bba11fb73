//! Everything that is spoken over HTTP: the gateways' dialects (`gateways`), the management API (`api`), the pages (`pages`),
//! and what they share. A handler extracts, calls one use case or the engine, and presents.

mod address;
pub mod api;
mod arriving;
mod buckets;
mod csv;
pub mod gateways;
mod health;
mod openapi;
pub mod pages;
mod place;
pub mod problem;
mod request_id;
mod scim;
mod serving;
pub mod session;
mod signals;
mod sso;
mod strict_json;
mod watching;

use utoipa_actix_web::service_config::ServiceConfig;

pub use actix_web::dev::ServerHandle;
pub use address::Proxies;
pub use openapi::openapi;
pub use problem::Problem;
pub use request_id::{RequestId, request_ids};
pub use serving::{Demo, Part, Serving, SignUp, UndoWindow, serve};
pub use session::Anonymous;
pub use watching::Closing;

/// Mounts every route.
pub fn mount(config: &mut ServiceConfig<'_>) {
    mount_part(config, Part::All);
}

/// Mounts the routes of one part.
pub fn mount_part(config: &mut ServiceConfig<'_>, part: Part) {
    config.service(health::healthz).service(health::readyz).service(openapi::openapi_json);
    if part != Part::Management {
        config.map(|config| config.configure(gateways::configure));
    }
    if part != Part::Enforcement {
        api::configure(config);
        config.map(|config| config.configure(scim::configure).configure(signals::configure));
        config.map(|config| config.configure(sso::configure));
        config.map(|config| config.configure(pages::mount));
    }
}
