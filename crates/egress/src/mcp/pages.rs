//! `tools/list`, page after page.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::McpError;
use super::tool::ToolDefinition;
use super::wire::Wire;

/// Most pages followed: a server that always names a next one must not keep us for ever.
const MAX_PAGES: usize = 100;

/// Most tools read: an agent cannot choose among more, and each becomes a row.
const MAX_TOOLS: usize = 5_000;

/// Every tool of the server.
pub(crate) async fn collect(wire: &mut Wire<'_>) -> Result<Vec<ToolDefinition>, McpError> {
    let mut listed = Listed::default();
    let mut cursor = None;
    for _ in 0..MAX_PAGES {
        let mut params = Map::new();
        if let Some(cursor) = cursor {
            params.insert("cursor".to_owned(), Value::String(cursor));
        }
        let page = wire.request("tools/list", params).await??;
        cursor = listed.add(page)?;
        if cursor.is_none() {
            return Ok(listed.tools);
        }
    }
    Err(McpError::TooMuch("pages"))
}

#[derive(Debug, Default)]
struct Listed {
    tools: Vec<ToolDefinition>,
    names: HashSet<String>,
    cursors: HashSet<String>,
}

impl Listed {
    /// Adds a page and tells the cursor of the next one.
    fn add(&mut self, mut page: Map<String, Value>) -> Result<Option<String>, McpError> {
        // The stateless generation may answer by asking its client for input. There is nobody here to give it.
        if page.get("resultType").is_some_and(|kind| kind != "complete") {
            return Err(McpError::Malformed("`tools/list` does not complete"));
        }
        let Some(Value::Array(tools)) = page.remove("tools") else {
            return Err(McpError::Malformed("`tools/list` has no list of tools"));
        };
        for tool in tools {
            self.add_tool(ToolDefinition::parse(tool)?)?;
        }
        match page.remove("nextCursor") {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(cursor)) if self.cursors.insert(cursor.clone()) => Ok(Some(cursor)),
            Some(Value::String(_)) => Err(McpError::Malformed("the pages of `tools/list` go in a circle")),
            Some(_) => Err(McpError::Malformed("`nextCursor` is not a string")),
        }
    }

    /// Rights are given by name, so two tools of one name could not be told apart.
    fn add_tool(&mut self, tool: ToolDefinition) -> Result<(), McpError> {
        if self.tools.len() >= MAX_TOOLS {
            return Err(McpError::TooMuch("tools"));
        }
        if !self.names.insert(tool.name.clone()) {
            return Err(McpError::Malformed("two tools have the same name"));
        }
        self.tools.push(tool);
        Ok(())
    }
}
