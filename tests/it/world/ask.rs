//! Asking as a gateway asks.

use serde_json::{Value, json};
use testkit::http::{Request, Response};

use super::{World, done};

/// A question to `/v1/check`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ask<'a> {
    /// The agent's or robot's key.
    pub(crate) credential: &'a str,
    /// The server's slug.
    pub(crate) server: &'a str,
    /// The tool.
    pub(crate) tool: &'a str,
    /// The arguments, where they are shown.
    pub(crate) arguments: Option<&'a Value>,
}

/// The body of a question.
pub(crate) fn check_body(ask: &Ask<'_>) -> Value {
    let mut body = json!({
        "credential": ask.credential, "server": ask.server, "method": "tools/call", "tool": ask.tool,
    });
    if let Some(arguments) = ask.arguments {
        body["arguments"] = arguments.clone();
    }
    body
}

impl World {
    /// Puts a question as the world's gateway, and gives back whatever comes.
    pub(crate) async fn ask(&self, path: &str, body: &Value) -> Response {
        Request::post(path, body).bearer(&self.gateway_key).send(self.address).await
    }

    /// Asks whether a call may be made.
    pub(crate) async fn check(&self, ask: Ask<'_>) -> Value {
        self.check_raw(&check_body(&ask)).await
    }

    /// Asks with a body of the test's own.
    pub(crate) async fn check_raw(&self, body: &Value) -> Value {
        done(&format!("POST /v1/check {body}"), &self.ask("/v1/check", body).await)
    }
}

/// `allow`, or the reason of the denial.
#[track_caller]
pub(crate) fn reason(answer: &Value) -> &str {
    match (answer["decision"].as_bool(), answer["reason"].as_str()) {
        (Some(true), Some("granted")) => "allow",
        (Some(false), Some(reason)) if reason != "granted" => reason,
        _ => panic!("not an answer: {answer}"),
    }
}
