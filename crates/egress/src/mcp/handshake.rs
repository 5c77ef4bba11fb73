//! The older generation: `initialize`, a session, and its end.

use serde_json::{Map, Value, json};

use super::answer::shown;
use super::wire::{Generation, Wire, client_info};
use super::{McpError, ServerIdentity};

/// Revisions reached by a handshake, the one offered first.
pub(crate) const VERSIONS: &[&str] = &[OFFERED_VERSION, "2025-06-18", "2025-03-26", "2024-11-05"];
const OFFERED_VERSION: &str = "2025-11-25";

/// Shakes hands; from here on the wire speaks the revision the server chose.
pub(crate) async fn initialize(wire: &mut Wire<'_>) -> Result<ServerIdentity, McpError> {
    wire.generation = Generation::Handshake { version: None, session: None };
    let mut params = Map::new();
    params.insert("protocolVersion".to_owned(), json!(OFFERED_VERSION));
    params.insert("capabilities".to_owned(), json!({}));
    params.insert("clientInfo".to_owned(), client_info());
    let result = wire.request("initialize", params).await??;
    let chosen = result.get("protocolVersion").and_then(Value::as_str);
    let chosen = chosen.ok_or(McpError::Malformed("`initialize` names no revision"))?;
    let chosen = VERSIONS.iter().find(|known| **known == chosen).ok_or(McpError::UnsupportedVersion)?;
    if let Generation::Handshake { version, .. } = &mut wire.generation {
        *version = Some((*chosen).to_owned());
    }
    wire.notify("notifications/initialized").await?;
    Ok(identity(&result, chosen))
}

/// Ends the session, if there is one.
pub(crate) async fn end(wire: &mut Wire<'_>) {
    if matches!(wire.generation, Generation::Handshake { session: Some(_), .. }) {
        wire.delete().await;
    }
}

fn identity(result: &Map<String, Value>, version: &str) -> ServerIdentity {
    let info = result.get("serverInfo");
    let field = |name: &str| info.and_then(|info| info.get(name)).and_then(Value::as_str).map(shown);
    ServerIdentity { protocol_version: version.to_owned(), name: field("name"), version: field("version") }
}
