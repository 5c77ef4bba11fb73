//! `ANY /v1/envoy/{server}/{rest}`: Envoy's HTTP `ext_authz`, which asks with the client's method and path and, where
//! it is told to, with the body. Only 200 allows.

use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};

use crate::gateways::body::{self, Incomplete};
use crate::gateways::proxied::{self, Proxied};
use crate::gateways::seen::{Body, HttpMethod};
use crate::gateways::{GatewayState, authenticate, headers, identity};
use crate::problem::Problem;

pub(crate) async fn envoy(
    state: Data<GatewayState>,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    let caller = authenticate::by_header(&state, &request).await?;
    let given = request.headers();
    let body = shown(&state, &request, payload).await;
    let unread = matches!(body, Body::Cut);
    let proxied = Proxied {
        server: proxied::server(&request),
        // The query is the client's, so a workspace is told in a header that the gateway sets.
        workspace: headers::text(given, "x-answerable-workspace").filter(|slug| !slug.is_empty()),
        method: HttpMethod::of(request.method().as_str()),
        // Envoy writes its own address into `X-Forwarded-For`.
        address: headers::real_ip(given),
        body,
    };
    let mut response = proxied::decide(&state, &caller, given, &proxied).await?;
    if response.status().is_success() {
        let removed = to_remove(response.headers());
        response.headers_mut().insert(HeaderName::from_static("x-envoy-auth-headers-to-remove"), removed);
    }
    if unread {
        response.head_mut().set_connection_type(actix_web::http::ConnectionType::Close);
    }
    Ok(response)
}

async fn shown(state: &GatewayState, request: &HttpRequest, payload: Payload) -> Body {
    let limits = &state.limits;
    let partial = headers::text(request.headers(), "x-envoy-auth-partial-body");
    if partial.is_some_and(|partial| !partial.eq_ignore_ascii_case("false")) {
        return Body::Cut;
    }
    if !body::is_announced(request) {
        return Body::Nothing;
    }
    match body::read(request, payload, limits.max_body_bytes, limits.body_patience).await {
        Ok(bytes) => Body::whole(&bytes),
        Err(Incomplete::Broken(_)) => Body::NotAMessage,
        Err(Incomplete::TooLarge | Incomplete::Late) => Body::Cut,
    }
}

/// The credentials, and whatever of ours is not set: so that no copy of a client's reaches the server.
fn to_remove(set: &HeaderMap) -> HeaderValue {
    let unset = identity::NAMES.into_iter().filter(|name| !set.contains_key(*name));
    let names = ["authorization", "x-answerable-gateway"].into_iter().chain(unset);
    let list = names.collect::<Vec<_>>().join(", ");
    HeaderValue::from_str(&list).unwrap_or(HeaderValue::from_static("authorization"))
}
