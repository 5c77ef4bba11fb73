//! `/v1/orgs/{org}/members`

use utoipa_actix_web::service_config::ServiceConfig;

pub(super) fn configure(_config: &mut ServiceConfig<'_>) {}
