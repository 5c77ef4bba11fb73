use egress::mcp::{self, ToolDefinition};
use model::{OrganizationId, ToolName};
use serde_json::Value;

use crate::servers::title::served_title;
use crate::servers::{Definition, Skipped};
use crate::{App, Error};

/// What a server says it offers, as far as it can be kept.
#[derive(Debug)]
pub(super) struct Offer {
    /// The revision of the protocol that was spoken.
    pub(super) protocol_version: String,
    /// The name that the server gives itself.
    pub(super) server_name: Option<String>,
    /// The version that the server gives itself.
    pub(super) server_version: Option<String>,
    /// What can be kept, in the server's order.
    pub(super) tools: Vec<OfferedTool>,
    /// What cannot.
    pub(super) skipped: Vec<Skipped>,
}

/// One tool of an offer.
#[derive(Debug, Clone)]
pub(super) struct OfferedTool {
    pub(super) name: ToolName,
    pub(super) title: String,
    pub(super) definition: Definition,
    /// What the server says of its harm. Untrusted: shown beside what people here say, and never taken for it.
    pub(super) hints: Option<Value>,
}

impl App {
    /// Asks a live MCP server for its tools, outside of every lock. The credential is used for this and kept nowhere.
    pub(super) async fn ask_server(
        &self,
        organization: OrganizationId,
        url: &str,
        credential: Option<&str>,
    ) -> Result<Offer, Error> {
        let upstream = |error: mcp::McpError| Error::Upstream(error.to_string());
        let _turn = self.egress.turn(&organization.to_string()).map_err(|busy| upstream(busy.into()))?;
        let listing = mcp::list_tools(&self.egress, url, credential).await.map_err(upstream)?;
        let mut offer = Offer {
            protocol_version: listing.protocol_version,
            server_name: listing.server_name,
            server_version: listing.server_version,
            tools: Vec::new(),
            skipped: Vec::new(),
        };
        for tool in listing.tools {
            match offered(&tool) {
                Ok(offered) => offer.tools.push(offered),
                Err(reason) => offer.skipped.push(Skipped::of(&tool.name, reason)),
            }
        }
        Ok(offer)
    }
}

fn offered(tool: &ToolDefinition) -> Result<OfferedTool, String> {
    let name = tool.name.parse::<ToolName>().map_err(|wrong| wrong.to_string())?;
    let definition = Definition::of(&tool.raw).ok_or("the definition has no canonical form")?;
    let title = served_title(tool.title.as_deref());
    Ok(OfferedTool { name, title, definition, hints: tool.annotations.clone() })
}
