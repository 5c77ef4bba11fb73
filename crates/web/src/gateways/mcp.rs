//! The one reader of MCP messages, for every dialect that shows a body.
//!
//! Only tools can be granted in this version. What concerns the connection (discovery, listing, notifications) is
//! decided for the server as a whole; resources, prompts, completion and everything unknown are refused.

use std::sync::LazyLock;

use decision::Operation;
use enforcement::Trace;
use serde_json::{Map, Value};

use crate::gateways::fields::LONGEST_NAME;
use crate::gateways::trace;
use crate::strict_json::{self, NotJson};

/// A JSON-RPC 2.0 message that can be read in one way only.
#[derive(Debug)]
pub(crate) struct Message {
    root: Value,
}

/// Why bytes are no message.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NotAMessage {
    /// Not JSON, or JSON that can be read in two ways.
    #[error(transparent)]
    Json(#[from] NotJson),
    /// An array: batches were taken out of the protocol in 2025-06-18.
    #[error("a batch of messages")]
    Batch,
    /// A value that is no object, or no JSON-RPC 2.0 one.
    #[error("not a JSON-RPC 2.0 message")]
    NotJsonRpc,
    /// A key that a reader which ignores case takes for another one.
    #[error("the key `{0}` is close to one that counts")]
    LookAlike(String),
    /// A tool call whose name or arguments are not what they have to be.
    #[error("a tool call without a proper name and arguments")]
    ToolCall,
}

/// A tool called without arguments, by a message that shows all of itself, is called with none.
static NO_ARGUMENTS: LazyLock<Value> = LazyLock::new(|| Value::Object(Map::new()));

impl Message {
    /// Reads one message.
    pub(crate) fn parse(bytes: &[u8]) -> Result<Self, NotAMessage> {
        let message = Self { root: strict_json::parse(bytes)? };
        message.check()?;
        Ok(message)
    }

    fn check(&self) -> Result<(), NotAMessage> {
        let root = match &self.root {
            Value::Object(root) => root,
            Value::Array(_) => return Err(NotAMessage::Batch),
            _ => return Err(NotAMessage::NotJsonRpc),
        };
        look_alikes(root, &["jsonrpc", "id", "method", "params", "result", "error"])?;
        let version = root.get("jsonrpc").and_then(Value::as_str) == Some("2.0");
        let id = root.get("id").is_none_or(|id| id.is_string() || id.is_number() || id.is_null());
        let answers = root.contains_key("result") || root.contains_key("error");
        let kind = match root.get("method") {
            Some(Value::String(method)) => !answers && is_name(method),
            Some(_) => false,
            None => answers && root.contains_key("id"),
        };
        let params = match root.get("params") {
            None => None,
            Some(Value::Object(params)) => Some(params),
            Some(_) => return Err(NotAMessage::NotJsonRpc),
        };
        if !(version && id && kind) {
            return Err(NotAMessage::NotJsonRpc);
        }
        if self.method() == Some("tools/call") { check_tool_call(params) } else { Ok(()) }
    }

    /// Its method. None: it answers a request of the server.
    pub(crate) fn method(&self) -> Option<&str> {
        self.root.get("method")?.as_str()
    }

    /// Its id, to be echoed.
    pub(crate) fn id(&self) -> Option<&Value> {
        self.root.get("id")
    }

    /// The tool it calls, where it calls one.
    pub(crate) fn tool(&self) -> Option<&str> {
        if self.method() == Some("tools/call") { self.param("name")?.as_str() } else { None }
    }

    /// Where it says that it stands in a trace (SEP-414).
    pub(crate) fn trace(&self) -> Option<Trace> {
        trace::parse(self.param("_meta")?.get("traceparent")?.as_str()?)
    }

    /// What it asks for.
    pub(crate) fn operation(&self) -> Operation<'_> {
        match (self.method(), self.tool()) {
            (_, Some(name)) => {
                let given = self.param("arguments").filter(|arguments| !arguments.is_null());
                Operation::Tool { name, arguments: Some(given.unwrap_or(&NO_ARGUMENTS)) }
            }
            (Some(method), None) => without_tool(method),
            (None, None) => Operation::Session { method: "response" },
        }
    }

    fn param(&self, name: &str) -> Option<&Value> {
        self.root.get("params")?.get(name)
    }
}

/// What a method asks for where no tool is named with it.
pub(crate) fn without_tool(method: &str) -> Operation<'_> {
    match method {
        "tools/call" => Operation::Unseen,
        "initialize"
        | "server/discover"
        | "ping"
        | "tools/list"
        | "resources/list"
        | "resources/templates/list"
        | "prompts/list"
        | "subscriptions/listen"
        | "logging/setLevel"
        | "tasks/get"
        | "tasks/update"
        | "tasks/cancel"
        | "tasks/result"
        | "tasks/list" => Operation::Session { method },
        _ if method.starts_with("notifications/") => Operation::Session { method },
        _ => Operation::UnknownMethod { method },
    }
}

fn check_tool_call(params: Option<&Map<String, Value>>) -> Result<(), NotAMessage> {
    let params = params.ok_or(NotAMessage::ToolCall)?;
    look_alikes(params, &["name", "arguments", "_meta"])?;
    let named = params.get("name").and_then(Value::as_str).is_some_and(is_name);
    let arguments = params.get("arguments").is_none_or(|a| a.is_object() || a.is_null());
    if named && arguments { Ok(()) } else { Err(NotAMessage::ToolCall) }
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.len() <= LONGEST_NAME * 4 && text.chars().count() <= LONGEST_NAME
}

/// Some JSON readers (Go's among them) match keys without regard to case and take the last one. A key that such a
/// reader would take for one that counts makes the message another message there than here.
fn look_alikes(map: &Map<String, Value>, counting: &[&str]) -> Result<(), NotAMessage> {
    let alike = |key: &str| counting.iter().any(|name| key != *name && folds_to(key, name));
    match map.keys().find(|key| alike(key)) {
        Some(key) => Err(NotAMessage::LookAlike(key.clone())),
        None => Ok(()),
    }
}

/// Whether a key is the same as an ASCII name under simple case folding, where two letters beyond ASCII fold into
/// it: the long s and the Kelvin sign.
fn folds_to(key: &str, name: &str) -> bool {
    let folded = key.chars().map(|c| match c {
        '\u{17F}' => 's',
        '\u{212A}' => 'k',
        c => c.to_ascii_lowercase(),
    });
    folded.eq(name.chars())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn parse(text: &str) -> Result<Message, String> {
        Message::parse(text.as_bytes()).map_err(|error| error.to_string())
    }

    #[test]
    fn messages_are_sorted_by_what_they_ask() {
        let told = |method: &str| {
            let text = format!(r#"{{"jsonrpc":"2.0","id":1,"method":"{method}"}}"#);
            format!("{:?}", parse(&text).expect(method).operation())
        };
        for session in [
            "initialize",
            "server/discover",
            "ping",
            "notifications/initialized",
            "tools/list",
            "prompts/list",
            "tasks/get",
        ] {
            assert_eq!(told(session), format!("Session {{ method: {session:?} }}"));
        }
        for unknown in
            ["resources/read", "prompts/get", "completion/complete", "Tools/list", "tools/call ", "x"]
        {
            assert_eq!(told(unknown), format!("UnknownMethod {{ method: {unknown:?} }}"));
        }
        let answer = parse(r#"{"jsonrpc":"2.0","id":"a","result":{}}"#).expect("an answer");
        assert_eq!(answer.operation(), Operation::Session { method: "response" });
    }

    #[test]
    fn a_tool_call_shows_its_tool_arguments_id_and_trace() {
        let message = parse(
            r#"{"jsonrpc":"2.0","id":"x","method":"tools/call","params":{"name":"read","arguments":{"n":1},
            "_meta":{"traceparent":"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"}}}"#,
        )
        .expect("a call");
        let arguments = serde_json::json!({"n": 1});
        assert_eq!(message.operation(), Operation::Tool { name: "read", arguments: Some(&arguments) });
        assert_eq!(message.id(), Some(&Value::from("x")));
        assert!(message.trace().is_some());
        let bare =
            parse(r#"{"jsonrpc":"2.0","method":"tools/call","params":{"name":"read"}}"#).expect("bare");
        let none = serde_json::json!({});
        assert_eq!(bare.operation(), Operation::Tool { name: "read", arguments: Some(&none) });
    }

    #[test]
    fn what_could_be_another_message_elsewhere_is_refused() {
        let long = format!(
            r#"{{"jsonrpc":"2.0","method":"tools/call","params":{{"name":"{}"}}}}"#,
            "x".repeat(LONGEST_NAME + 1)
        );
        let cases = [
            (r#"[{"jsonrpc":"2.0","id":1,"method":"ping"}]"#, "batch"),
            ("[]", "batch"),
            (r#""ping""#, "not a JSON-RPC"),
            (r#"{"id":1,"method":"ping"}"#, "not a JSON-RPC"),
            (r#"{"jsonrpc":"1.0","id":1,"method":"ping"}"#, "not a JSON-RPC"),
            (r#"{"jsonrpc":2.0,"id":1,"method":"ping"}"#, "not a JSON-RPC"),
            (r#"{"jsonrpc":"2.0","id":{},"method":"ping"}"#, "not a JSON-RPC"),
            (r#"{"jsonrpc":"2.0","id":1,"method":7}"#, "not a JSON-RPC"),
            (r#"{"jsonrpc":"2.0","id":1,"method":null}"#, "not a JSON-RPC"),
            (r#"{"jsonrpc":"2.0","id":1,"method":""}"#, "not a JSON-RPC"),
            (r#"{"jsonrpc":"2.0","id":1}"#, "not a JSON-RPC"),
            (r#"{"jsonrpc":"2.0","id":1,"method":"ping","result":1}"#, "not a JSON-RPC"),
            (r#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":["read"]}"#, "not a JSON-RPC"),
            (r#"{"jsonrpc":"2.0","method":"tools/list","method":"tools/call"}"#, "twice"),
            (r#"{"jsonrpc":"2.0","method":"tools/call","params":{"name":"a","name":"b"}}"#, "twice"),
            (r#"{"jsonrpc":"2.0","method":"tools/list","Method":"tools/call"}"#, "`Method` is close"),
            (r#"{"jsonrpc":"2.0","method":"ping","paramſ":{"name":"b"}}"#, "`paramſ` is close"),
            (
                r#"{"jsonrpc":"2.0","method":"tools/call","params":{"name":"a","NAME":"b"}}"#,
                "`NAME` is close",
            ),
            (r#"{"jsonrpc":"2.0","method":"tools/call"}"#, "without a proper name"),
            (r#"{"jsonrpc":"2.0","method":"tools/call","params":{}}"#, "without a proper name"),
            (r#"{"jsonrpc":"2.0","method":"tools/call","params":{"name":""}}"#, "without a proper name"),
            (r#"{"jsonrpc":"2.0","method":"tools/call","params":{"name":["a"]}}"#, "without a proper name"),
            (
                r#"{"jsonrpc":"2.0","method":"tools/call","params":{"name":"a","arguments":[]}}"#,
                "without a proper",
            ),
            (long.as_str(), "without a proper name"),
        ];
        for (given, expected) in cases {
            let error = parse(given).expect_err(given);
            assert!(error.contains(expected), "{given}: {error}");
        }
    }

    proptest! {
        #[test]
        fn it_never_panics(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            if let Ok(message) = Message::parse(&bytes) {
                let _ = (message.operation(), message.trace());
            }
        }

        #[test]
        fn a_message_asks_for_the_tool_that_it_names(name in ".{1,40}", more in any::<u8>()) {
            let text = serde_json::json!({
                "jsonrpc": "2.0", "id": more, "method": "tools/call", "params": {"name": name, "arguments": {"n": more}}
            });
            let message = Message::parse(text.to_string().as_bytes()).expect("a call");
            prop_assert_eq!(message.operation().tool(), Some(name.as_str()));
        }
    }
}
