//! `/v1/me`: whoever is signed in, and where. Sessions are people's and not an organization's, so no organization is in
//! these addresses, and a management key, which belongs to one, opens none of them.

mod ask;
mod end_others;
mod end_session;
mod get;
mod sessions;
mod view;

use model::SessionId;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

/// The path of one session.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct SessionPath {
    /// The session's id.
    #[param(value_type = uuid::Uuid)]
    pub session: SessionId,
}

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(get::get)
        .service(sessions::list)
        .service(end_others::end_others)
        .service(end_session::end_session)
        .service(ask::ask);
}
