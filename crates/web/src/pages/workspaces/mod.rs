//! `/o/{org}/workspaces`: places of work, who is in them, and what they offer

mod activity;
mod add_member;
mod agents;
mod block;
mod create;
mod frame;
mod list;
mod members;
mod remove_member;
mod remove_role;
mod rows;
mod rules;
mod servers;
mod through;

use actix_web::web::ServiceConfig;
use app::{Error, Reading};
use decision::{Action, On};
use model::{FactKind, Workspace};
use serde::Deserialize;

pub(crate) use rows::path;

/// The path of one workspace.
#[derive(Debug, Deserialize)]
struct WorkspacePath {
    /// Its slug or id.
    workspace: String,
}

/// The workspace that a path names, if the reader may see it.
fn seen<'a>(reading: &'a Reading, text: &str) -> Result<&'a Workspace, Error> {
    let facts = &reading.facts;
    let found = text.parse().ok().and_then(|id| facts.workspace(id));
    let found =
        found.or_else(|| facts.workspace_by_slug(text)).ok_or(Error::NotFound(FactKind::Workspace))?;
    reading.check(Action::WorkspaceRead, On::Workspace(found.id))?;
    Ok(found)
}

/// Mounts the pages of workspaces.
pub(super) fn configure(config: &mut ServiceConfig) {
    config
        .service(list::list)
        .service(create::show)
        .service(create::submit)
        .service(members::show)
        .service(members::show_guests)
        .service(add_member::show)
        .service(add_member::submit)
        .service(remove_member::show)
        .service(remove_member::submit)
        .service(remove_role::show)
        .service(remove_role::submit)
        .service(agents::show)
        .service(block::show)
        .service(block::submit)
        .service(block::lift)
        .service(servers::show)
        .service(servers::attach)
        .service(servers::ask_detach)
        .service(servers::detach)
        .service(rules::show)
        .service(rules::submit)
        .service(activity::show);
}
