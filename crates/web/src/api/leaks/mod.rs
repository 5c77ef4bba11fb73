//! `/v1/leaks`: the only endpoint that asks for no credential, because the leaked secret is one

mod report;
mod reporter;

use utoipa_actix_web::service_config::ServiceConfig;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(report::report);
}
