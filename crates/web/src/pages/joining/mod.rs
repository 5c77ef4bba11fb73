//! How people come to this installation: by an organization's invitation, or, where the operator lets them, by beginning
//! an organization of their own.

mod invitation;
mod sign_up;

use actix_web::web::ServiceConfig;

pub(super) fn configure(config: &mut ServiceConfig) {
    config
        .service(invitation::show)
        .service(invitation::accept)
        .service(sign_up::show)
        .service(sign_up::begin);
}
