//! `/v1/orgs/{org}/agents`

mod create;
mod get;
mod hand_over;
mod list;
mod pause;
mod pause_many;
mod resume;
mod revoke;
mod scope;
mod update;
mod view;

use model::AgentId;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

pub use view::AgentView;

/// The path of one agent.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct AgentPath {
    /// The agent's id.
    #[param(value_type = uuid::Uuid)]
    pub agent: AgentId,
}

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list::list)
        .service(create::create)
        .service(pause_many::pause_many)
        .service(get::get)
        .service(update::update)
        .service(scope::set_scope)
        .service(pause::pause)
        .service(resume::resume)
        .service(revoke::revoke)
        .service(hand_over::hand_over);
}
