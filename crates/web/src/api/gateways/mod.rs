//! `/v1/orgs/{org}/gateways`

use utoipa_actix_web::service_config::ServiceConfig;

pub(super) fn configure(_config: &mut ServiceConfig<'_>) {}
