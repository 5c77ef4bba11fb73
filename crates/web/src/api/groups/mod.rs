//! `/v1/orgs/{org}/groups`, and what each gives

mod add_mapping;
mod get;
mod list;
mod mapping_view;
mod remove;
mod remove_mapping;
mod view;

use model::{GroupId, GroupMappingId};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

pub use mapping_view::MappingView;
pub use view::GroupView;

/// The path of one group.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct GroupPath {
    /// The group's id.
    #[param(value_type = uuid::Uuid)]
    pub group: GroupId,
}

/// The path of one thing that a group gives.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct MappingPath {
    /// The group's id.
    #[param(value_type = uuid::Uuid)]
    pub group: GroupId,
    /// The mapping's id.
    #[param(value_type = uuid::Uuid)]
    pub mapping: GroupMappingId,
}

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list::list)
        .service(get::get)
        .service(remove::remove)
        .service(add_mapping::add_mapping)
        .service(remove_mapping::remove_mapping);
}
