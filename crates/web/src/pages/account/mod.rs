//! A person's own account: who they are, where they are signed in, and how they prove it here.

mod authenticator;
mod keys;
mod method_views;
mod overview;
mod passkeys;
mod password;
mod recovery;
mod sessions;
mod zone;

use actix_web::HttpResponse;
use actix_web::web::ServiceConfig;
use app::Error;

use crate::Problem;
use crate::pages::{Flash, Redirect};

/// Back to the account, with why something of it stays as it is.
fn kept(error: Error) -> Result<HttpResponse, Problem> {
    let Error::Conflict { detail, .. } = error else { return Err(error.into()) };
    Ok(Redirect::to("/account").flashing(Flash::failed(&detail)).response())
}

pub(super) fn configure(config: &mut ServiceConfig) {
    config
        .service(overview::show)
        .service(zone::send)
        .service(keys::send)
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
