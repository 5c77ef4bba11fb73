//! The stateless generation: does the server speak it?

use serde_json::{Map, Value};

use super::answer::{RpcError, shown};
use super::handshake::VERSIONS;
use super::wire::{STATELESS_VERSION, Wire};
use super::{McpError, ServerIdentity};

/// JSON-RPC code of a server that knows other revisions than the one asked in.
const UNSUPPORTED_VERSION: i64 = -32022;

/// Who the server is, if it speaks the stateless generation; nothing, if the older one should be tried.
///
/// A server that cannot be reached or refuses the credential has said nothing about its generation: those
/// errors end the import.
pub(crate) async fn discover(wire: &mut Wire<'_>) -> Result<Option<ServerIdentity>, McpError> {
    match wire.request("server/discover", Map::new()).await {
        Ok(Ok(result)) => Ok(speaks_stateless(&result).then(|| identity(&result))),
        Ok(Err(error)) if is_beyond_us(&error) => Err(McpError::UnsupportedVersion),
        Err(error @ (McpError::Egress(_) | McpError::Unauthorized | McpError::TooMuch(_))) => Err(error),
        Ok(Err(_)) | Err(_) => Ok(None),
    }
}

fn speaks_stateless(result: &Map<String, Value>) -> bool {
    versions(result.get("supportedVersions")).any(|version| version == STATELESS_VERSION)
}

/// True of a server that names the revisions it speaks, none of which is spoken here.
fn is_beyond_us(error: &RpcError) -> bool {
    let supported = error.data.get("supported");
    let knows = |version| version == STATELESS_VERSION || VERSIONS.contains(&version);
    error.code == UNSUPPORTED_VERSION
        && versions(supported).next().is_some()
        && !versions(supported).any(knows)
}

fn versions(list: Option<&Value>) -> impl Iterator<Item = &str> {
    list.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str)
}

fn identity(result: &Map<String, Value>) -> ServerIdentity {
    let info = result.get("_meta").and_then(|meta| meta.get("io.modelcontextprotocol/serverInfo"));
    let field = |name: &str| info.and_then(|info| info.get(name)).and_then(Value::as_str).map(shown);
    ServerIdentity {
        protocol_version: STATELESS_VERSION.to_owned(),
        name: field("name"),
        version: field("version"),
    }
}
