//! `/v1/orgs/{org}/robots`

mod create;
mod delete;
mod get;
mod list;
mod pause;
mod resume;
mod update;
mod view;

use model::RobotId;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

pub use view::RobotView;

/// The path of one robot.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct RobotPath {
    /// The robot's id.
    #[param(value_type = uuid::Uuid)]
    pub robot: RobotId,
}

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list::list)
        .service(create::create)
        .service(get::get)
        .service(update::update)
        .service(delete::delete)
        .service(pause::pause)
        .service(resume::resume);
}
