//! `/v1/orgs/{org}/domains`: domains of mail addresses. Changed by people in signed-in sessions only.

mod add;
mod get;
mod list;
mod prove;
mod remove;
mod view;

use model::DomainId;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

pub use view::DomainView;

/// The path of one domain.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct DomainPath {
    /// The domain's id.
    #[param(value_type = uuid::Uuid)]
    pub domain: DomainId,
}

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list::list)
        .service(add::add)
        .service(get::get)
        .service(prove::prove)
        .service(remove::remove);
}
