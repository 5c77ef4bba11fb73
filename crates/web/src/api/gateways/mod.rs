//! `/v1/orgs/{org}/gateways`

mod create;
mod get;
mod list;
mod pause;
mod resume;
mod revoke;
mod shown;
mod update;
mod view;

use model::GatewayId;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

pub use view::GatewayView;

/// The path of one gateway.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct GatewayPath {
    /// The gateway's id.
    #[param(value_type = uuid::Uuid)]
    pub gateway: GatewayId,
}

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list::list)
        .service(create::create)
        .service(get::get)
        .service(update::update)
        .service(pause::pause)
        .service(resume::resume)
        .service(revoke::revoke);
}
