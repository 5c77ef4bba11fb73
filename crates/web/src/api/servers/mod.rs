//! `/v1/orgs/{org}/servers`, and the tools of each

mod add_tool;
mod create;
mod drift;
mod find;
mod get;
mod get_tool;
mod grants;
mod import;
mod imported;
mod list;
mod list_tools;
mod remove;
mod review;
mod tool_view;
mod update;
mod update_tool;
mod view;

use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

pub(crate) use find::{server, tool};
pub use imported::ImportedView;
pub use tool_view::ToolView;
pub use view::ServerView;

/// The path of one server.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct ServerPath {
    /// The server's id or slug.
    pub server: String,
}

/// The path of one tool.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct ToolPath {
    /// The server's id or slug.
    pub server: String,
    /// The tool's id or exact name.
    pub tool: String,
}

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list::list)
        .service(create::create)
        .service(get::get)
        .service(update::update)
        .service(remove::remove)
        .service(drift::drift)
        .service(grants::list_grants)
        .service(grants::regrant)
        .service(list_tools::list_tools)
        .service(add_tool::add_tool)
        .service(import::import)
        .service(get_tool::get_tool)
        .service(update_tool::update_tool)
        .service(review::review);
}
