//! `ANY /v1/forward-auth/{server}`: nginx, Caddy, Traefik, APISIX, `HAProxy` and whoever asks the same way.
//!
//! Answers 200, 401 or 403, and 503 where the node cannot answer: nginx makes 500 of anything else. Over the
//! organization's limit it is 403 as well.

use actix_web::web::{Data, Payload, Query};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use crate::gateways::body::{self, Incomplete};
use crate::gateways::proxied::{self, Proxied};
use crate::gateways::seen::{Body, HttpMethod};
use crate::gateways::{GatewayState, authenticate, headers};
use crate::problem::Problem;

/// What the gateway's configuration may write behind the address.
#[derive(Debug, Default, Deserialize)]
struct Pinned {
    /// The slug of the workspace. Optional where the server is offered in exactly one.
    workspace: Option<String>,
}

pub(crate) async fn forward_auth(
    state: Data<GatewayState>,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    let caller = authenticate::by_header(&state, &request).await?;
    // Caddy appends the client's own query; one that cannot be read names no workspace.
    let pinned =
        Query::<Pinned>::from_query(request.query_string()).map(Query::into_inner).unwrap_or_default();
    let body = shown(&state, &request, payload).await;
    let unread = matches!(body, Body::Cut);
    let given = request.headers();
    let proxied = Proxied {
        server: proxied::server(&request),
        workspace: pinned.workspace.as_deref(),
        method: HttpMethod::forwarded(given, request.method().as_str()),
        address: headers::client_address(given),
        body,
    };
    let mut response = proxied::decide(&state, &caller, given, &proxied).await?;
    if unread {
        // What was announced may still come, and must not be taken for the next question.
        response.head_mut().set_connection_type(actix_web::http::ConnectionType::Close);
    }
    Ok(response)
}

/// The body, if one is announced and comes soon. nginx announces the client's body and never sends it.
async fn shown(state: &GatewayState, request: &HttpRequest, payload: Payload) -> Body {
    if !body::is_announced(request) {
        return Body::Nothing;
    }
    let limits = &state.limits;
    match body::read(request, payload, limits.max_body_bytes, limits.announced_patience).await {
        Ok(bytes) => Body::whole(&bytes),
        Err(Incomplete::Broken(_)) => Body::NotAMessage,
        Err(Incomplete::TooLarge | Incomplete::Late) => Body::Cut,
    }
}
