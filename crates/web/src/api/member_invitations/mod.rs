//! `/v1/orgs/{org}/member-invitations`: people who are invited to the organization.

mod create;
mod get;
mod list;
mod view;
mod withdraw;

use model::MemberInvitationId;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

pub use view::MemberInvitationView;

/// The path of one invitation of a person.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct MemberInvitationPath {
    /// The invitation's id.
    #[param(value_type = uuid::Uuid)]
    pub member_invitation: MemberInvitationId,
}

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list::list).service(create::create).service(get::get).service(withdraw::withdraw);
}
