//! Everything that is spoken over HTTP: the gateways' dialects (`gateways`), the management API (`api`), and what
//! both share. A handler extracts, calls one use case or the engine, and presents.

pub mod api;
pub mod gateways;
mod health;
mod openapi;
pub mod problem;
mod request_id;
mod serving;
mod strict_json;

use utoipa_actix_web::service_config::ServiceConfig;

pub use actix_web::dev::ServerHandle;
pub use openapi::openapi;
pub use problem::Problem;
pub use request_id::{RequestId, request_ids};
pub use serving::{Part, Serving, serve};

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
    }
}
