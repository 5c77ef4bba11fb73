//! `/v1/orgs/{org}/roles`, and the grants of each

mod add_grant;
mod create;
mod get;
mod grant_view;
mod list;
mod list_grants;
mod remove;
mod remove_grant;
mod update;
mod view;

use model::{GrantId, RoleId};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

pub use grant_view::{ConstraintBody, GrantView};
pub use view::RoleView;

/// The path of one role.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct RolePath {
    /// The role's id.
    #[param(value_type = uuid::Uuid)]
    pub role: RoleId,
}

/// The path of one grant.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct GrantPath {
    /// The role's id.
    #[param(value_type = uuid::Uuid)]
    pub role: RoleId,
    /// The grant's id.
    #[param(value_type = uuid::Uuid)]
    pub grant: GrantId,
}

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list::list)
        .service(create::create)
        .service(get::get)
        .service(update::update)
        .service(remove::remove)
        .service(list_grants::list_grants)
        .service(add_grant::add_grant)
        .service(remove_grant::remove_grant);
}
