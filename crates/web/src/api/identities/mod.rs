//! `/v1/orgs/{org}/members/{user}/identities`: the accounts of other organizations' providers by which a person comes in,
//! and by which they ask to. Accepted by people in signed-in sessions only.

mod accept;
mod list;
mod view;
mod withdraw;

use model::{AcceptedIdentityId, UserId};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

pub use view::IdentityView;

/// The path of one account of a person.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct IdentityPath {
    /// The person's id.
    #[param(value_type = uuid::Uuid)]
    pub user: UserId,
    /// The account's id here.
    #[param(value_type = uuid::Uuid)]
    pub identity: AcceptedIdentityId,
}

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list::list).service(accept::accept).service(withdraw::withdraw);
}
