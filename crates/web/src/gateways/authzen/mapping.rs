//! From an AuthZEN evaluation to the one question.
//!
//! `action.name` is the JSON-RPC method, the resource a `tool` or an `mcp_server` (COAZ-MCP). The server of a tool is
//! in `resource.properties.server` or `context.server`; its arguments in `context.arguments` or
//! `resource.properties.arguments`; workspace, credential, run and trace in the context.

use decision::Operation;
use enforcement::Ask;
use model::Snapshot;
use serde_json::Value;

use crate::gateways::authzen::entity::Evaluation;
use crate::gateways::authzen::subject;
use crate::gateways::fields::LONGEST_NAME;
use crate::gateways::{mcp, trace};

/// The question.
pub(crate) fn ask<'v>(facts: &Snapshot, evaluation: &Evaluation<'v>) -> Ask<'v> {
    let text = |name: &str| evaluation.context(name).and_then(Value::as_str);
    Ask {
        // One that is no text is nobody's.
        credential: evaluation.context("credential").map(|value| value.as_str().unwrap_or("")),
        claim: Some(subject::claim(facts, evaluation)),
        delegation: evaluation.context("on_behalf_of").map(|value| value.as_str().unwrap_or("")),
        server: server(evaluation).unwrap_or(""),
        workspace: text("workspace").filter(|name| is_name(name)),
        operation: operation(evaluation).unwrap_or(Operation::Malformed),
        address: text("ip").and_then(|ip| ip.parse().ok()),
        run: text("run_id").and_then(|id| id.parse().ok()),
        trace: text("traceparent").and_then(trace::parse),
        min_revision: None,
    }
}

fn server<'v>(evaluation: &Evaluation<'v>) -> Option<&'v str> {
    let named = evaluation.resource.property("server").or_else(|| evaluation.context("server"));
    let server = match named {
        Some(named) => named.as_str(),
        None => (evaluation.resource.kind == "mcp_server").then_some(evaluation.resource.id),
    };
    server.filter(|name| is_name(name))
}

/// None: it cannot be understood.
fn operation<'v>(evaluation: &Evaluation<'v>) -> Option<Operation<'v>> {
    let (method, resource) = (evaluation.action, &evaluation.resource);
    if !is_name(method) || evaluation.context("workspace").is_some_and(|workspace| !workspace.is_string()) {
        return None;
    }
    if method != "tools/call" {
        return Some(mcp::without_tool(method));
    }
    let arguments = evaluation.context("arguments").or_else(|| resource.property("arguments"));
    let understood =
        resource.kind == "tool" && is_name(resource.id) && arguments.is_none_or(Value::is_object);
    understood.then_some(Operation::Tool { name: resource.id, arguments })
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().count() <= LONGEST_NAME
}
