//! `/v1/orgs/{org}/onboarding`: the first steps of an organization, until they are done, skipped or put away

mod dismiss;
mod get;
mod person;
mod show;
mod skip;
mod view;

use utoipa_actix_web::service_config::ServiceConfig;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(get::get).service(skip::skip).service(dismiss::dismiss).service(show::show);
}
