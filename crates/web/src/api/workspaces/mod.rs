//! `/v1/orgs/{org}/workspaces`

mod agents;
mod attach;
mod attachment;
mod create;
mod detach;
mod enter;
mod get;
mod leave;
mod leave_one;
mod list;
mod memberships;
mod path;
mod servers;
mod update;
mod view;

use utoipa_actix_web::service_config::ServiceConfig;

pub use path::WorkspacePath;
pub use view::WorkspaceView;

pub(super) use path::{named, seen};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list::list)
        .service(create::create)
        .service(get::get)
        .service(update::update)
        .service(memberships::list_memberships)
        .service(enter::enter)
        .service(leave_one::leave_one)
        .service(leave::leave)
        .service(servers::list_servers)
        .service(servers::get_server)
        .service(attach::attach)
        .service(detach::detach)
        .service(agents::list_agents);
}
