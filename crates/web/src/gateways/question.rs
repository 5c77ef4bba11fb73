//! The body of `/v1/check`, alone or as an item of a batch.

use std::net::IpAddr;

use decision::Operation;
use enforcement::{Ask, Trace};
use model::{Revision, RunId};
use serde_json::Value;
use utoipa::ToSchema;

use crate::gateways::fields::Fields;
use crate::gateways::{mcp, trace};
use crate::problem::FieldError;

/// May this agent make this call?
#[derive(Debug, ToSchema)]
pub struct CheckRequest {
    /// The agent's or robot's key. Null where none came with the call: then the answer is a denial.
    #[schema(required = true)]
    pub credential: Option<String>,
    /// The user's delegation, where one came with the call.
    pub on_behalf_of: Option<String>,
    /// The slug of the server.
    pub server: String,
    /// The JSON-RPC method: `tools/call`, or one that concerns the connection.
    pub method: String,
    /// The tool's name. Required with `tools/call`, and only there.
    pub tool: Option<String>,
    /// The tool's arguments. Needed where a grant limits them.
    #[schema(value_type = Option<Object>)]
    pub arguments: Option<Value>,
    /// The slug of the workspace. Optional where the server is offered in exactly one.
    pub workspace: Option<String>,
    /// The run that the call belongs to.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub run_id: Option<RunId>,
    /// Where it stands in a trace (W3C Trace Context). Ignored where it is not valid.
    pub traceparent: Option<String>,
    /// What else is known about the call.
    pub context: Option<CheckContext>,
    /// The least revision that the answer may rest on.
    pub min_revision: Option<u64>,
}

/// What else is known about a call.
#[derive(Debug, ToSchema)]
pub struct CheckContext {
    /// The address that the agent calls from.
    #[schema(value_type = Option<String>, format = "ip")]
    pub ip: Option<IpAddr>,
}

/// A question as it was read, borrowed from its JSON.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Question<'v>(Ask<'v>);

const FIELDS: [&str; 11] = [
    "credential",
    "on_behalf_of",
    "server",
    "method",
    "tool",
    "arguments",
    "workspace",
    "run_id",
    "traceparent",
    "context",
    "min_revision",
];

impl<'v> Question<'v> {
    /// Reads a question. `path` is where it stands, for errors.
    pub(crate) fn read(value: &'v Value, path: &str) -> Result<Self, Vec<FieldError>> {
        let mut fields = Fields::of(value, path, &FIELDS)?;
        let ask = Ask {
            credential: credential(&mut fields),
            claim: None,
            delegation: fields.text("on_behalf_of"),
            server: fields.required_name("server"),
            workspace: fields.name("workspace"),
            operation: operation(&mut fields),
            address: address(&mut fields),
            run: fields.parsed("run_id", "must be a UUID"),
            trace: traceparent(&mut fields),
            min_revision: fields.count("min_revision").map(Revision),
        };
        fields.finish().map(|()| Self(ask))
    }

    /// The question.
    pub(crate) fn ask(&self) -> Ask<'v> {
        self.0
    }
}

/// The credential has to be said, but may be said to be none: a gateway that got none from its agent asks all the
/// same, and is told that it is missing.
pub(crate) fn credential<'v>(fields: &mut Fields<'v>) -> Option<&'v str> {
    if !fields.has("credential") {
        fields.refuse("credential", "is required");
    }
    fields.text("credential").filter(|text| !text.is_empty())
}

fn operation<'v>(fields: &mut Fields<'v>) -> Operation<'v> {
    let method = fields.required_name("method");
    let tool = fields.name("tool");
    let arguments = fields.object("arguments");
    match tool {
        Some(name) if method == "tools/call" => return Operation::Tool { name, arguments },
        Some(_) if !method.is_empty() => fields.refuse("tool", "goes with the method `tools/call` only"),
        None if method == "tools/call" && fields.value("tool").is_none() => {
            fields.refuse("tool", "is required");
        }
        _ => {}
    }
    mcp::without_tool(method)
}

/// The address in the context, where it is said.
pub(crate) fn address(fields: &mut Fields<'_>) -> Option<IpAddr> {
    let context = fields.object("context")?;
    let read = Fields::of(context, &fields.inside("context"), &["ip"]).and_then(|mut context| {
        let ip = context.parsed("ip", "must be an IP address");
        context.finish().map(|()| ip)
    });
    read.unwrap_or_else(|errors| {
        fields.take_over(errors);
        None
    })
}

/// The place in a trace, where one is said that can be read.
pub(crate) fn traceparent(fields: &mut Fields<'_>) -> Option<Trace> {
    trace::parse(fields.text("traceparent")?)
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use utoipa::PartialSchema;

    use super::*;

    fn errors(value: &Value) -> String {
        let errors = Question::read(value, "").err().unwrap_or_default();
        errors.iter().map(|e| format!("{} {}", e.field, e.reason)).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn a_whole_question_is_read() {
        let value = json!({
            "credential": "ans_ak_x", "on_behalf_of": "token", "server": "github", "method": "tools/call",
            "tool": "create_issue", "arguments": {"n": 1}, "workspace": "platform",
            "run_id": "0192f0c1-2345-7000-8000-000000000001",
            "traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            "context": {"ip": "::1"}, "min_revision": 42
        });
        let ask = Question::read(&value, "").expect("a question").ask();
        assert_eq!((ask.credential, ask.delegation), (Some("ans_ak_x"), Some("token")));
        assert_eq!(
            ask.operation,
            Operation::Tool { name: "create_issue", arguments: Some(&json!({"n": 1})) }
        );
        assert_eq!((ask.server, ask.workspace), ("github", Some("platform")));
        assert_eq!(ask.address, "::1".parse().ok());
        assert_eq!(ask.min_revision, Some(Revision(42)));
        assert!(ask.run.is_some() && ask.trace.is_some());
    }

    #[test]
    fn what_is_not_said_is_not_there() {
        for credential in [json!(null), json!("")] {
            let value = json!({
                "credential": credential, "server": "s", "method": "ping", "traceparent": "broken",
                "workspace": null, "context": {}, "run_id": null
            });
            let ask = Question::read(&value, "").expect("a question").ask();
            assert_eq!(ask.credential, None);
            assert_eq!(ask.operation, Operation::Session { method: "ping" });
            assert!(
                ask.trace.is_none() && ask.workspace.is_none() && ask.address.is_none() && ask.run.is_none()
            );
        }
    }

    #[test]
    fn everything_wrong_is_told_at_once() {
        let cases = [
            (json!([]), " must be an object"),
            (json!({}), "credential is required; server is required; method is required"),
            (
                json!({"credential": 1, "server": "", "method": "tools/call", "context": {"ip": "x", "who": 1}, "more": 1}),
                "more is not a field that is known here; credential must be a string; server must not be empty; \
                 tool is required; context.who is not a field that is known here; context.ip must be an IP address",
            ),
            (
                json!({"credential": "", "server": "s", "method": "tools/list", "tool": "t", "arguments": [], "run_id": "r", "min_revision": -1}),
                "arguments must be an object; tool goes with the method `tools/call` only; run_id must be a UUID; \
                 min_revision must be a whole number from 0",
            ),
            (
                json!({"credential": "", "server": "x".repeat(300), "method": "tools/call", "tool": 7}),
                "server must have at most 256 characters; tool must be a string",
            ),
        ];
        for (value, expected) in cases {
            assert_eq!(errors(&value), expected, "{value}");
        }
    }

    #[test]
    fn the_documented_fields_are_the_ones_that_are_read() {
        let schema = serde_json::to_value(CheckRequest::schema()).expect("a schema");
        let documented = schema["properties"].as_object().expect("properties").keys();
        assert_eq!(documented.collect::<Vec<_>>(), FIELDS.iter().collect::<Vec<_>>());
        assert_eq!(schema["required"], json!(["credential", "server", "method"]));
    }
}
