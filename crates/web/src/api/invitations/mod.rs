//! `/v1/orgs/{org}/workspaces/{workspace}/invitations` and `/v1/orgs/{org}/invitations`

mod accept;
mod create;
mod decline;
mod get;
mod list;
mod list_all;
mod view;
mod withdraw;

use model::InvitationId;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

pub use view::InvitationView;

/// The path of one invitation.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct InvitationPath {
    /// The invitation's id.
    #[param(value_type = uuid::Uuid)]
    pub invitation: InvitationId,
}

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list::list)
        .service(list_all::list_all)
        .service(create::create)
        .service(get::get)
        .service(accept::accept)
        .service(decline::decline)
        .service(withdraw::withdraw);
}
