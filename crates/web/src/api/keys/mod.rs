//! `/v1/orgs/{org}/keys`

mod create;
mod get;
mod limits;
mod list;
mod revoke;
mod rotate;
mod rotate_all;
mod rotate_many;
mod update;
mod view;

use model::KeyId;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

pub use limits::LimitsBody;
pub use view::{KeyView, MintedView};

/// The path of one key.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct KeyPath {
    /// The key's public id: the twelve characters after `ans_ak_`.
    #[param(value_type = String)]
    pub key: KeyId,
}

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list::list)
        .service(create::create)
        .service(rotate_many::rotate_many)
        .service(rotate_all::rotate_all)
        .service(get::get)
        .service(update::update)
        .service(rotate::rotate)
        .service(revoke::revoke);
}
