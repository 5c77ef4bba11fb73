//! What forward-auth and Envoy have in common: the client's own request, as a proxy passes it on.

use std::net::IpAddr;

use actix_web::http::header::HeaderMap;
use actix_web::{HttpRequest, HttpResponse};
use decision::Operation;
use enforcement::{Answer, Ask, GatewayCaller, Unavailable};

use crate::gateways::mcp::Message;
use crate::gateways::mirrored::Mirrored;
use crate::gateways::seen::{Body, HttpMethod, operation};
use crate::gateways::{GatewayState, headers, identity, refusal, trace};
use crate::problem::Problem;

/// A client's request as a proxy passes it on.
pub(crate) struct Proxied<'r> {
    pub(crate) server: &'r str,
    pub(crate) workspace: Option<&'r str>,
    pub(crate) method: HttpMethod<'r>,
    pub(crate) address: Option<IpAddr>,
    pub(crate) body: Body,
}

/// Decides it and encodes the answer: 200 with who acts, or a denial that an MCP client can read.
pub(crate) async fn decide(
    state: &GatewayState,
    caller: &GatewayCaller,
    given: &HeaderMap,
    proxied: &Proxied<'_>,
) -> Result<HttpResponse, Problem> {
    let mirrored = Mirrored::read(given);
    let asked = match &mirrored {
        Ok(mirrored) => operation(proxied.method, mirrored.as_ref(), &proxied.body),
        Err(mismatch) => Err(*mismatch),
    };
    let ask = ask(given, proxied, asked.unwrap_or(Operation::Malformed));
    let id = proxied.body.message().and_then(Message::id);
    let answer = match state.engine.answer(caller, &ask).await {
        Err(Unavailable::OverLimit(over)) => return Ok(refusal::held_back(over.0, id)),
        other => other?,
    };
    if answer.decision().is_allowed() {
        return Ok(allow(&answer));
    }
    Ok(refusal::refusal(&answer.record, id, asked.is_err()))
}

fn ask<'a>(given: &'a HeaderMap, proxied: &'a Proxied<'a>, operation: Operation<'a>) -> Ask<'a> {
    let in_message = proxied.body.message().and_then(Message::trace);
    Ask {
        credential: headers::bearer(given),
        claim: None,
        delegation: None,
        server: proxied.server,
        workspace: proxied.workspace,
        operation,
        address: proxied.address,
        run: headers::text(given, "x-run-id").and_then(|id| id.trim().parse().ok()),
        trace: in_message.or_else(|| trace::parse(headers::text(given, "traceparent")?)),
        min_revision: None,
    }
}

fn allow(answer: &Answer) -> HttpResponse {
    let mut response = HttpResponse::Ok();
    for (name, value) in identity::headers(&answer.record) {
        if let Some(value) = value {
            response.insert_header((name, value));
        }
    }
    response.finish()
}

/// The server that the address names.
pub(crate) fn server(request: &HttpRequest) -> &str {
    request.match_info().get("server").unwrap_or("")
}
