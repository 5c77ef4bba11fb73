//! `/v1/orgs/{org}/connections`: ways in through identity providers. Changed by people in signed-in sessions only.

mod create;
mod disable;
mod enforce;
mod get;
mod key;
mod list;
mod locked_out;
mod proposal;
mod relax;
mod remove;
mod reopen;
mod secret;
mod set_up_link;
mod terms;
mod test;
mod update;
mod view;

use model::ConnectionId;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

pub use view::ConnectionView;

/// The path of one connection.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct ConnectionPath {
    /// The connection's id.
    #[param(value_type = uuid::Uuid)]
    pub connection: ConnectionId,
}

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list::list)
        .service(create::create)
        .service(get::get)
        .service(update::update)
        .service(proposal::accept)
        .service(proposal::decline)
        .service(secret::secret)
        .service(key::key)
        .service(set_up_link::set_up_link)
        .service(test::test)
        .service(locked_out::locked_out)
        .service(enforce::enforce)
        .service(relax::relax)
        .service(disable::disable)
        .service(reopen::reopen)
        .service(remove::remove);
}
