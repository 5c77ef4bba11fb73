//! Imports the tools of an MCP server, over the Streamable HTTP transport.
//!
//! Two generations of the protocol are spoken. Revision 2026-07-28 is stateless: `server/discover` tells whether
//! the server speaks it, then every request carries its own `_meta` and mirrored headers. Earlier revisions
//! (2025-11-25 down to 2024-11-05) shake hands with `initialize` and may keep a session, which is ended here.
//! Anything but a server that positively speaks the newer generation is asked in the older one.
//!
//! Whatever a server sends is untrusted: counts, sizes and time are bounded and nothing of it is interpreted
//! beyond the names of fields.

mod answer;
mod error;
mod handshake;
mod pages;
mod sse;
mod stateless;
#[cfg(test)]
mod tests;
mod tool;
mod wire;

use std::time::Duration;

use tokio::time::timeout;

pub use self::error::McpError;
pub use self::tool::ToolDefinition;

use self::wire::Wire;
use crate::{Egress, EgressError};

/// For a whole listing: a hundred pages at the limit of each would keep a person waiting for a quarter of an hour.
const LISTING_TIME: Duration = Duration::from_secs(30);

/// The tools a server offers, and who it says it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Listing {
    /// The revision of the protocol that was spoken.
    pub protocol_version: String,
    /// The name the server gives itself; the newer generation may leave it out.
    pub server_name: Option<String>,
    /// The version the server gives itself.
    pub server_version: Option<String>,
    /// Every tool, in the server's order, each name once.
    pub tools: Vec<ToolDefinition>,
}

/// What a server said of itself before it was asked for tools.
#[derive(Debug, Default)]
struct ServerIdentity {
    protocol_version: String,
    name: Option<String>,
    version: Option<String>,
}

/// Asks the MCP server at `url` for all its tools, with `bearer` as its credential if there is one.
pub async fn list_tools(egress: &Egress, url: &str, bearer: Option<&str>) -> Result<Listing, McpError> {
    let mut wire = Wire::new(egress, url, bearer);
    let listing = timeout(LISTING_TIME, listing(&mut wire)).await;
    // After a failure too: a session that is not ended costs the server memory.
    handshake::end(&mut wire).await;
    listing.map_err(|_| McpError::Egress(EgressError::TimedOut))?
}

async fn listing(wire: &mut Wire<'_>) -> Result<Listing, McpError> {
    let server = match stateless::discover(wire).await? {
        Some(server) => server,
        None => handshake::initialize(wire).await?,
    };
    let tools = pages::collect(wire).await?;
    let ServerIdentity { protocol_version, name, version } = server;
    Ok(Listing { protocol_version, server_name: name, server_version: version, tools })
}
