//! One file for each dialect of gateway: bytes in, one [`enforcement::Ask`], the recorded answer out in the dialect.

mod answer;
mod authenticate;
pub mod authzen;
pub mod batch;
mod body;
pub mod check;
mod envoy;
mod explain;
mod fields;
mod forward_auth;
mod headers;
mod identity;
mod mcp;
mod mirrored;
mod openapi;
mod proxied;
mod question;
mod refusal;
mod seen;
#[cfg(test)]
mod shapes;
mod state;
mod trace;
pub mod visible;

use actix_web::web::{self, ServiceConfig};

pub use answer::{CheckAnswer, Named, Party};
pub use explain::Explained;
pub use openapi::GatewaysApi;
pub use question::{CheckContext, CheckRequest};
pub use state::{GatewayState, Limits};

use crate::problem::method_not_allowed;

/// Mounts every address that gateways ask at. Expects `web::Data<GatewayState>` among the app data.
pub fn configure(config: &mut ServiceConfig) {
    let mut post = |path: &str, route: actix_web::Route| {
        config.service(web::resource(path).route(route).default_service(method_not_allowed("POST")));
    };
    post("/v1/check", web::post().to(check::check));
    post("/v1/check/batch", web::post().to(batch::batch));
    post("/v1/tools/visible", web::post().to(visible::visible));
    authzen::configure(config);
    config
        .service(web::resource("/v1/forward-auth/{server}").route(web::to(forward_auth::forward_auth)))
        .service(web::resource("/v1/envoy/{server}").route(web::to(envoy::envoy)))
        .service(web::resource("/v1/envoy/{server}/{rest:.*}").route(web::to(envoy::envoy)));
}
