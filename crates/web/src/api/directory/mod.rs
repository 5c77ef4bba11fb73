//! `/v1/orgs/{org}/directory`

mod get;
mod view;

use utoipa_actix_web::service_config::ServiceConfig;

pub use view::{DirectoryView, FailureView};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(get::get);
}
