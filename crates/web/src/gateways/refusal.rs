//! A denial as an MCP client reads it: a JSON-RPC error, with the HTTP status that proxies understand.

use std::time::Duration;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{RETRY_AFTER, WWW_AUTHENTICATE};
use decision::{Reason, Record};
use model::DecisionId;
use serde::Serialize;
use serde_json::Value;

use crate::problem::Code;

/// Denied. In the range left to implementations, and the code of the COAZ-MCP draft.
const DENIED: i32 = -32001;
/// Header and body contradict each other (MCP 2026-07-28).
const HEADER_MISMATCH: i32 = -32020;

#[derive(Serialize)]
struct JsonRpcError<'a> {
    jsonrpc: &'static str,
    id: Option<&'a Value>,
    error: Error,
}

#[derive(Serialize)]
struct Error {
    code: i32,
    message: &'static str,
    data: Data,
}

#[derive(Serialize)]
struct Data {
    reason: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    decision_id: Option<DecisionId>,
}

/// The answer to a denied call. 401 where the agent has no credential that counts, 403 for everything else: nginx
/// makes 500 of any other status.
pub(crate) fn refusal(record: &Record, id: Option<&Value>, mismatch: bool) -> HttpResponse {
    let reason = record.decision.public_reason();
    let challenge = challenge(reason);
    let status = if challenge.is_some() { StatusCode::UNAUTHORIZED } else { StatusCode::FORBIDDEN };
    let mut response = HttpResponse::build(status);
    if let Some(challenge) = challenge {
        response.insert_header((WWW_AUTHENTICATE, challenge));
    }
    // nginx keeps the body to itself; its configuration writes another from these.
    response.insert_header(("x-answerable-reason", reason.code()));
    response.insert_header(("x-answerable-decision-id", record.id.to_string()));
    let error = Error {
        code: if mismatch { HEADER_MISMATCH } else { DENIED },
        message: reason.say(),
        data: Data { reason: reason.code(), decision_id: Some(record.id) },
    };
    response.content_type("application/json").body(document(error, id))
}

/// The answer to a call that was not even decided, because the organization asks for more than it may. 403 as well, and
/// not 429, of which nginx would make 500.
pub(crate) fn held_back(wait: Duration, id: Option<&Value>) -> HttpResponse {
    let code = Code::TooManyRequests;
    let data = Data { reason: code.as_str(), decision_id: None };
    let error = Error { code: DENIED, message: code.detail(), data };
    HttpResponse::Forbidden()
        .insert_header((RETRY_AFTER, wait.as_secs().saturating_add(1)))
        .insert_header(("x-answerable-reason", code.as_str()))
        .content_type("application/json")
        .body(document(error, id))
}

fn document(error: Error, id: Option<&Value>) -> Vec<u8> {
    serde_json::to_vec(&JsonRpcError { jsonrpc: "2.0", id, error }).unwrap_or_default()
}

/// What to present instead (RFC 6750, section 3). None: another credential of the same agent would not help.
fn challenge(reason: Reason) -> Option<&'static str> {
    match reason {
        Reason::CredentialMissing => Some("Bearer"),
        Reason::CredentialUnknown => {
            Some(r#"Bearer error="invalid_token", error_description="the credential is not known""#)
        }
        Reason::CredentialExpired => {
            Some(r#"Bearer error="invalid_token", error_description="the key has ended""#)
        }
        Reason::CredentialRevoked => {
            Some(r#"Bearer error="invalid_token", error_description="the key was revoked""#)
        }
        _ => None,
    }
}
