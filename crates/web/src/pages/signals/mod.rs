//! `/o/{org}/settings/signals`: what identity providers tell between two sign-ins.

mod create;
mod list;
mod remove;

use actix_web::web::ServiceConfig;

/// Mounts the pages.
pub(super) fn configure(config: &mut ServiceConfig) {
    config
        .service(list::list)
        .service(create::open)
        .service(create::create)
        .service(remove::ask)
        .service(remove::remove);
}

/// The page of all streams.
fn home(slug: &str) -> String {
    format!("/o/{slug}/settings/signals")
}
