//! What an identity provider says between two sign-ins: global token revocation, and signals of the Shared Signals
//! Framework.

mod push;
mod revocation;

use actix_web::web::{self, ServiceConfig};

/// Mounts every address.
pub(crate) fn configure(config: &mut ServiceConfig) {
    let at = |path: &str| web::resource(path).default_service(crate::problem::method_not_allowed("POST"));
    config
        .service(at("/t/{org}/global-token-revocation").route(web::post().to(revocation::revoke)))
        .service(at("/t/{org}/signals/{stream}").route(web::post().to(push::push)));
}
