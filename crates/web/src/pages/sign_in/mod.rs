//! Signing in and out, and proving again who one is. These pages work for whoever is not signed in yet, so they are
//! beside any organization.

mod ask;
mod choose;
mod email;
mod home;
mod landing;
mod link;
mod passkey;
mod password;
mod realm;
mod refused;
mod sign_out;
mod slip_cookie;
mod step_up;
mod way_out;

use actix_web::web::ServiceConfig;

pub use landing::{landing, signed_in};

pub(super) use passkey::{Ceremony, Options};
pub(super) use password::Fields as PasswordFields;

pub(super) fn configure(config: &mut ServiceConfig) {
    config
        .service(home::home)
        .service(email::show)
        .service(email::send)
        .service(link::show)
        .service(link::send)
        .service(password::show)
        .service(password::send)
        .service(passkey::show)
        .service(passkey::send)
        .service(choose::show)
        .service(ask::send)
        .service(sign_out::send)
        .service(way_out::show)
        .service(step_up::show)
        .service(step_up::send_password)
        .service(step_up::send_passkey);
}
