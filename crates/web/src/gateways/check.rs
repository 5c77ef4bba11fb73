//! `POST /v1/check`: may this agent make this call?

use actix_web::web::{Data, Payload, Query};
use actix_web::{HttpRequest, HttpResponse};
use enforcement::Ask;

use crate::gateways::answer::CheckAnswer;
use crate::gateways::explain::Explain;
use crate::gateways::question::{CheckRequest, Question};
use crate::gateways::{GatewayState, authenticate, body, headers, trace};
use crate::problem::{Code, FieldError, Problem, ProblemDocument};
use crate::strict_json::{self, NotJson};

/// Decides one call. A denial is an answer like any other: 200 with `"decision": false` and its reason.
#[utoipa::path(
    post,
    path = "/v1/check",
    tag = "enforcement",
    params(Explain),
    request_body = CheckRequest,
    responses(
        (status = 200, description = "Decided, and recorded.", body = CheckAnswer),
        (status = 400, description = "The request is malformed.", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, description = "The gateway's key is missing or bad.", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 408, description = "The announced body did not arrive in time.", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 409, description = "`min_revision` has not been reached.", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 413, description = "The body is too large.", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, description = "The body is not JSON by its own word.", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 429, description = "The organization asks for more than it may.", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 503, description = "The node cannot answer safely.", body = ProblemDocument, content_type = "application/problem+json"),
    ),
    security(("key" = []))
)]
pub async fn check(
    state: Data<GatewayState>,
    request: HttpRequest,
    explain: Query<Explain>,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    let caller = authenticate::by_bearer(&state, &request).await?;
    let bytes = body::read_json(&request, payload, &state.limits).await?;
    let value = strict_json::parse(&bytes)?;
    let ask = Question::read(&value, "").map_err(malformed)?.ask();
    let in_header = || trace::parse(headers::text(request.headers(), "traceparent")?);
    let ask = Ask { trace: ask.trace.or_else(in_header), ..ask };
    let answer = state.engine.answer(&caller, &ask).await?;
    json(&CheckAnswer::of(&answer, ask.workspace, explain.explain))
}

/// 400, with what is wrong with which field.
pub(crate) fn malformed(errors: Vec<FieldError>) -> Problem {
    Problem::new(Code::Malformed).detail("Some fields are not as expected.").fields(errors)
}

/// 200 with JSON. Nothing that is answered may be kept by a cache on the way.
pub(crate) fn json(answer: &impl serde::Serialize) -> Result<HttpResponse, Problem> {
    let bytes = serde_json::to_vec(answer).map_err(|cause| Problem::new(Code::Internal).because(cause))?;
    Ok(HttpResponse::Ok().content_type("application/json").body(bytes))
}

impl From<NotJson> for Problem {
    fn from(error: NotJson) -> Self {
        Self::new(Code::Malformed).detail(format!("The body is {error}."))
    }
}
