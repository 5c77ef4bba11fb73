//! `/o/{org}/tools` and `/o/{org}/servers`: what can be called, and which roles may

mod add_tool;
mod diff;
mod edit;
mod grants;
mod import;
mod list;
mod matrix;
mod remove;
mod review;
mod rows;
mod server;
mod tool;

use actix_web::web::ServiceConfig;
use app::{Error, Reading};
use decision::{Action, On};
use model::{FactKind, Server, Tool};
use serde::Deserialize;

pub(crate) use matrix::all_in_words;
pub(crate) use rows::{identity, mode, path};

/// The path of one server.
#[derive(Debug, Deserialize)]
struct ServerPath {
    /// Its slug or id.
    server: String,
}

/// The path of one tool.
#[derive(Debug, Deserialize)]
struct ToolPath {
    /// The server's slug or id.
    server: String,
    /// The tool's id.
    tool: model::ToolId,
}

/// The server of a path, if the reader may see servers.
fn seen<'a>(reading: &'a Reading, text: &str) -> Result<&'a Server, Error> {
    let facts = &reading.facts;
    let by_id = text.parse().ok().and_then(|id| facts.server(id));
    let found = by_id.or_else(|| facts.server_by_slug(text)).ok_or(Error::NotFound(FactKind::Server))?;
    reading.check(Action::ServerRead, On::Server(found.id))?;
    Ok(found)
}

/// The tool of a path, with its server.
fn seen_tool<'a>(reading: &'a Reading, path: &ToolPath) -> Result<(&'a Server, &'a Tool), Error> {
    let server = seen(reading, &path.server)?;
    let tool = reading.facts.tool(path.tool).filter(|tool| tool.server == server.id);
    Ok((server, tool.ok_or(Error::NotFound(FactKind::Tool))?))
}

/// Mounts the pages of servers and tools.
pub(super) fn configure(config: &mut ServiceConfig) {
    config
        .service(list::list)
        .service(edit::ask_new)
        .service(edit::create)
        .service(server::show)
        .service(edit::ask_edit)
        .service(edit::update)
        .service(remove::show)
        .service(remove::submit)
        .service(import::show)
        .service(import::submit)
        .service(review::show)
        .service(review::submit)
        .service(grants::show)
        .service(grants::review)
        .service(grants::save)
        .service(add_tool::show)
        .service(add_tool::submit)
        .service(tool::show)
        .service(tool::update);
}
