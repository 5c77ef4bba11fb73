//! `/v1/orgs/{org}/overview`: what is going on, and what waits for somebody

mod attention;
mod busiest;
mod cascades;
mod get;
mod health;
mod traffic;
mod window;

use utoipa_actix_web::service_config::ServiceConfig;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(get::get);
}
