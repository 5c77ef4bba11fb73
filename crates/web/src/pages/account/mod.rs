//! A person's own account: who they are, where they are signed in, and how they prove it here.

mod authenticator;
mod method_views;
mod overview;
mod passkeys;
mod password;
mod recovery;
mod sessions;
mod zone;

use actix_web::web::ServiceConfig;

pub(super) fn configure(config: &mut ServiceConfig) {
    config
        .service(overview::show)
        .service(zone::send)
        .service(sessions::end_others)
        .service(sessions::end_everywhere)
        .service(sessions::end_one)
        .service(password::show)
        .service(password::send)
        .service(password::remove)
        .service(authenticator::make)
        .service(authenticator::confirm)
        .service(recovery::make)
        .service(passkeys::show)
        .service(passkeys::send)
        .service(passkeys::remove);
}
