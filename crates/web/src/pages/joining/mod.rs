//! How people come to this installation: by setting it up, by an organization's invitation, or, where the operator lets
//! them, by beginning an organization of their own.

mod invitation;
mod sign_up;
mod start;

use actix_web::web::ServiceConfig;

pub(super) fn configure(config: &mut ServiceConfig) {
    config
        .service(invitation::show)
        .service(invitation::accept)
        .service(sign_up::show)
        .service(sign_up::begin)
        .service(start::show)
        .service(start::begin);
}
