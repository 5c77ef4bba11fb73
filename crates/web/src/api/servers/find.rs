use std::sync::Arc;

use app::Error;
use model::{FactKind, Server, ServerId, Snapshot, Tool, ToolId};

/// The server of that id or slug. Whether the caller may know of it is asked afterwards, with the same answer.
pub(crate) fn server<'a>(facts: &'a Snapshot, text: &str) -> Result<&'a Arc<Server>, Error> {
    let by_id = text.parse::<ServerId>().ok().and_then(|id| facts.server(id));
    by_id.or_else(|| facts.server_by_slug(text)).ok_or(Error::NotFound(FactKind::Server))
}

/// The tool of that id or exact name on that server.
pub(crate) fn tool<'a>(facts: &'a Snapshot, server: ServerId, text: &str) -> Result<&'a Arc<Tool>, Error> {
    let by_id = text.parse::<ToolId>().ok().and_then(|id| facts.tool(id));
    let by_id = by_id.filter(|tool| tool.server == server);
    by_id.or_else(|| facts.tool_by_name(server, text)).ok_or(Error::NotFound(FactKind::Tool))
}
