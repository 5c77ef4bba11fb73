//! Which gateway asks. A bad key is the gateway's own fault and answered 401, unlike a bad credential of an agent.

use actix_web::HttpRequest;
use actix_web::http::header::HeaderMap;
use enforcement::{GatewayCaller, Missing, Unauthenticated, Unavailable};

use crate::gateways::{GatewayState, headers};
use crate::problem::{Code, Problem};

/// The gateway that shows its key as a bearer token: own clients and AuthZEN.
pub(crate) async fn by_bearer(state: &GatewayState, request: &HttpRequest) -> Result<GatewayCaller, Problem> {
    caller(state, request, headers::bearer(request.headers())).await
}

/// The gateway that shows its key in `X-Answerable-Gateway`, because `Authorization` holds the agent's credential.
pub(crate) async fn by_header(state: &GatewayState, request: &HttpRequest) -> Result<GatewayCaller, Problem> {
    caller(state, request, key(request.headers())).await
}

fn key(headers: &HeaderMap) -> Option<&str> {
    headers::text(headers, "x-answerable-gateway").map(str::trim)
}

async fn caller(
    state: &GatewayState,
    request: &HttpRequest,
    key: Option<&str>,
) -> Result<GatewayCaller, Problem> {
    let key = key.ok_or(Code::Unauthorized)?;
    // The connection's own: what a header says, anybody can say.
    let address = crate::address::client(request);
    state.engine.gateway(key, address).await.map_err(|error| match error {
        Unauthenticated::Refused | Unauthenticated::Missing(Missing::Unknown) => Code::Unauthorized.into(),
        Unauthenticated::Missing(missing) => Unavailable::Facts(missing).into(),
    })
}
