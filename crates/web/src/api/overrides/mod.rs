//! `/v1/orgs/{org}/workspaces/{workspace}/overrides`

mod lift;
mod list;
mod put;
mod view;

use model::AgentId;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

pub use view::OverrideView;

/// The path of an agent in a workspace.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct OverridePath {
    /// The workspace's id or slug.
    pub workspace: String,
    /// The agent's id.
    #[param(value_type = uuid::Uuid)]
    pub agent: AgentId,
}

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list::list).service(put::put).service(lift::lift);
}
