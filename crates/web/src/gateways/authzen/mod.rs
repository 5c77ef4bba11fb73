//! The Authorization API 1.0 of AuthZEN: evaluation, evaluations and discovery.
//!
//! Unknown fields are ignored. Errors are a message in plain text. An answer carries `context` only where the caller
//! asked for it with `context.explain: true`: clients compare answers exactly, and keys that they do not expect break
//! them. The id of the recorded decision is in the header `X-Answerable-Decision-Id`.

pub mod discovery;
mod entity;
pub mod evaluation;
pub mod evaluations;
mod mapping;
mod subject;

use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::web::{self, Bytes, Payload, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse, ResponseError};
use enforcement::GatewayCaller;
use serde_json::{Map, Value};

use crate::gateways::{GatewayState, authenticate, body};
use crate::problem::{Code, Problem, method_not_allowed};
use crate::strict_json;

pub(crate) fn configure(config: &mut ServiceConfig) {
    let mut at = |path: &str, methods, route: actix_web::Route| {
        config.service(web::resource(path).route(route).default_service(method_not_allowed(methods)));
    };
    at("/access/v1/evaluation", "POST", web::post().to(evaluation::evaluation));
    at("/access/v1/evaluations", "POST", web::post().to(evaluations::evaluations));
    at("/.well-known/authzen-configuration/{org}", "GET", web::get().to(discovery::discovery));
}

/// A problem, in the words of AuthZEN: its status, and a message as the body.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct Refused(#[from] Problem);

impl ResponseError for Refused {
    fn status_code(&self) -> StatusCode {
        self.0.code().status()
    }

    fn error_response(&self) -> HttpResponse {
        let response = self.0.response(None);
        let (mut head, _) = response.into_parts();
        head.headers_mut().insert(
            actix_web::http::header::CONTENT_TYPE,
            HeaderValue::from_static("text/plain; charset=utf-8"),
        );
        head.set_body(self.0.said().to_owned()).map_into_boxed_body()
    }
}

fn bad_request(message: impl Into<String>) -> Problem {
    Problem::new(Code::Malformed).detail(message.into())
}

/// Who asks, and the bytes of what is asked.
async fn asked(
    state: &GatewayState,
    request: &HttpRequest,
    payload: Payload,
) -> Result<(GatewayCaller, Bytes), Problem> {
    let caller = authenticate::by_bearer(state, request).await?;
    let limits = &state.limits;
    Ok((caller, body::read(request, payload, limits.max_body_bytes, limits.body_patience).await?))
}

/// The JSON object in a body.
fn object(bytes: &[u8]) -> Result<Map<String, Value>, Problem> {
    match strict_json::parse(bytes)? {
        Value::Object(map) => Ok(map),
        _ => Err(bad_request("the body must be a JSON object")),
    }
}

const DECISION_ID: HeaderName = HeaderName::from_static("x-answerable-decision-id");
