//! `/v1/orgs/{org}/members`

mod add;
mod cut;
mod detail;
mod end_session;
mod end_sessions;
mod get;
mod hand_over;
mod list;
mod remove;
mod resume;
mod session_view;
mod sessions;
mod suspend;
mod update;
mod view;

use model::UserId;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

pub use cut::{CutView, Ended};
pub use remove::ReasonQuery;
pub use view::MemberView;

/// The path of one member.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct MemberPath {
    /// The person's id.
    #[param(value_type = uuid::Uuid)]
    pub user: UserId,
}

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list::list)
        .service(add::add)
        .service(get::get)
        .service(update::update)
        .service(suspend::suspend)
        .service(resume::resume)
        .service(remove::remove)
        .service(hand_over::hand_over)
        .service(sessions::sessions)
        .service(end_sessions::end_sessions)
        .service(end_session::end_session);
}
