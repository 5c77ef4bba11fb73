//! One tool, as its server describes it.

use serde_json::Value;

use super::McpError;

/// A tool's definition. All of it is the server's claim.
#[derive(Debug, Clone, PartialEq)]
pub struct ToolDefinition {
    /// The name calls are made by; case counts. Never empty.
    pub name: String,
    /// A name for people.
    pub title: Option<String>,
    /// What the tool does.
    pub description: Option<String>,
    /// JSON Schema of its arguments; always an object.
    pub input_schema: Value,
    /// Hints such as `readOnlyHint` and `destructiveHint`; untrusted.
    pub annotations: Option<Value>,
    /// The whole definition as it was sent, fields unknown here included: what a definition hash is made of.
    pub raw: Value,
}

impl ToolDefinition {
    pub(crate) fn parse(raw: Value) -> Result<Self, McpError> {
        let text = |name: &str| raw.get(name).and_then(Value::as_str).map(str::to_owned);
        let name = text("name").filter(|name| !name.is_empty());
        let schema = raw.get("inputSchema").filter(|schema| schema.is_object()).cloned();
        Ok(Self {
            name: name.ok_or(McpError::Malformed("a tool has no name"))?,
            title: text("title"),
            description: text("description"),
            input_schema: schema.ok_or(McpError::Malformed("a tool has no input schema"))?,
            annotations: raw.get("annotations").filter(|hints| hints.is_object()).cloned(),
            raw,
        })
    }
}
