use utoipa::OpenApi;

/// The gateways' endpoints in OpenAPI. Those whose shape is a proxy's own (forward-auth, Envoy) cannot be told there.
///
/// They name the security scheme `key`: the gateway's key as a bearer token.
#[derive(OpenApi)]
#[openapi(paths(
    super::check::check,
    super::batch::batch,
    super::visible::visible,
    super::authzen::evaluation::evaluation,
    super::authzen::evaluations::evaluations,
    super::authzen::discovery::discovery,
))]
pub struct GatewaysApi;
