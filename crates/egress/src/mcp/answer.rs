//! JSON-RPC answers: the one that belongs to a request, told from everything else a server may send.

use serde_json::{Map, Value};

use super::McpError;

/// Longest text of a server that is shown to a person, in characters.
const MAX_SHOWN: usize = 200;

/// What came of a request.
pub(crate) type Outcome = Result<Map<String, Value>, RpcError>;

/// A JSON-RPC error object.
#[derive(Debug, Clone)]
pub(crate) struct RpcError {
    pub(crate) code: i64,
    message: String,
    pub(crate) data: Value,
}

impl From<RpcError> for McpError {
    fn from(error: RpcError) -> Self {
        Self::Refused { code: error.code, message: error.message }
    }
}

/// Reads one message. Nothing, if it is not the answer to request `id`: servers put notifications and requests
/// of their own on the same stream.
pub(crate) fn parse(message: &[u8], id: u64) -> Result<Option<Outcome>, McpError> {
    let message: Value = serde_json::from_slice(message).map_err(|_| McpError::Malformed("not JSON"))?;
    let Value::Object(mut message) = message else {
        return Err(McpError::Malformed("not a JSON-RPC message"));
    };
    if message.contains_key("method") {
        return Ok(None);
    }
    let answered = message.get("id").unwrap_or(&Value::Null);
    let is_ours = answered.as_u64() == Some(id);
    if let Some(error) = message.get("error") {
        // An error may have no id: the server could not read the request far enough to see one.
        return if is_ours || answered.is_null() { Ok(Some(Err(rpc_error(error)))) } else { Ok(None) };
    }
    if !is_ours {
        return Ok(None);
    }
    match message.remove("result") {
        Some(Value::Object(result)) => Ok(Some(Ok(result))),
        _ => Err(McpError::Malformed("neither a result nor an error")),
    }
}

fn rpc_error(error: &Value) -> RpcError {
    let field = |name: &str| error.get(name).cloned().unwrap_or_default();
    RpcError {
        code: field("code").as_i64().unwrap_or_default(),
        message: shown(field("message").as_str().unwrap_or_default()),
        data: field("data"),
    }
}

/// Text of a server in a form that may be shown: short, and without characters that steer a terminal.
pub(crate) fn shown(text: &str) -> String {
    text.chars().filter(|character| !character.is_control()).take(MAX_SHOWN).collect()
}
