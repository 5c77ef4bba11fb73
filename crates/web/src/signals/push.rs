//! Where a transmitter pushes signals to (RFC 8935).

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use app::App;
use app::signals::Verified;
use model::SignalStreamId;
use serde_json::json;

use crate::Problem;
use crate::arriving::Arrived;

/// `POST /t/{org}/signals/{stream}`: 202 for a signal that is believed, whether it changed anything or not; 400 with a code
/// of RFC 8935 for one that is not.
pub(super) async fn push(
    app: Data<App>,
    request: HttpRequest,
    path: Path<(String, String)>,
    Arrived(body): Arrived,
) -> Result<HttpResponse, Problem> {
    let kind = request.headers().get("content-type").and_then(|value| value.to_str().ok()).unwrap_or("");
    if !kind.to_ascii_lowercase().starts_with("application/secevent+jwt") {
        return Ok(refused("invalid_request", "send `application/secevent+jwt`"));
    }
    let (org, stream) = path.into_inner();
    let stream: SignalStreamId = stream.parse().map_err(|_| Problem::not_found())?;
    let token = String::from_utf8_lossy(&body);
    let header = request.headers().get("authorization").and_then(|value| value.to_str().ok());
    let bearer = header.and_then(|header| header.split_once(' '));
    let bearer =
        bearer.filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer")).map(|(_, text)| text.trim());
    match app.signal(&org, stream, bearer, token.trim()).await? {
        Verified::Taken => Ok(HttpResponse::Accepted().finish()),
        Verified::Refused { code, why } => Ok(refused(code, &why)),
    }
}

fn refused(code: &str, why: &str) -> HttpResponse {
    HttpResponse::build(StatusCode::BAD_REQUEST).json(json!({"err": code, "description": why}))
}
