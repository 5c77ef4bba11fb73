//! `POST /v1/check/batch`: many questions, one answer each, in their order, recorded with one commit.

use actix_web::web::{Data, Payload, Query};
use actix_web::{HttpRequest, HttpResponse};
use decision::Operation;
use enforcement::Ask;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::gateways::answer::CheckAnswer;
use crate::gateways::check::{json, malformed};
use crate::gateways::explain::Explain;
use crate::gateways::fields::Fields;
use crate::gateways::question::{CheckRequest, Question};
use crate::gateways::{GatewayState, authenticate, body};
use crate::problem::{FieldError, Problem, ProblemDocument};
use crate::strict_json;

/// Enough for the tools of any server seen in the field; bounded, because all of it is recorded with one commit.
pub(crate) const MOST_ITEMS: usize = 1_000;

/// Many questions.
#[derive(Debug, ToSchema)]
pub struct BatchRequest {
    /// At most 1,000. Each is decided by itself; none are merged, however alike.
    #[schema(max_items = 1000)]
    pub items: Vec<CheckRequest>,
}

/// Many answers.
#[derive(Debug, Serialize, ToSchema)]
pub struct BatchAnswer<'a> {
    /// One for each question, in their order.
    pub items: Vec<CheckAnswer<'a>>,
}

/// Decides many calls. An item that cannot be understood is denied with the reason `malformed`, for itself alone.
#[utoipa::path(
    post,
    path = "/v1/check/batch",
    tag = "enforcement",
    params(Explain),
    request_body = BatchRequest,
    responses(
        (status = 200, description = "Decided, and recorded.", body = BatchAnswer),
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
pub async fn batch(
    state: Data<GatewayState>,
    request: HttpRequest,
    explain: Query<Explain>,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    let caller = authenticate::by_bearer(&state, &request).await?;
    let bytes = body::read_json(&request, payload, &state.limits).await?;
    let value = strict_json::parse(&bytes)?;
    let items = items(&value).map_err(malformed)?;
    let read: Vec<_> = items.iter().enumerate().map(|(at, item)| read_item(at, item)).collect();
    let asks: Vec<_> = read.iter().map(|item| item.ask).collect();
    let answers = state.engine.answer_all(&caller, &asks).await?;
    let items = answers.iter().zip(&read).map(|(answer, item)| CheckAnswer {
        errors: &item.errors,
        ..CheckAnswer::of(answer, item.ask.workspace, explain.explain)
    });
    json(&BatchAnswer { items: items.collect() })
}

fn items(value: &Value) -> Result<&[Value], Vec<FieldError>> {
    let mut fields = Fields::of(value, "", &["items"])?;
    let items = match fields.value("items") {
        Some(Value::Array(items)) if items.len() <= MOST_ITEMS => items.as_slice(),
        Some(Value::Array(_)) => {
            fields.refuse("items", "must have at most 1000 items");
            &[]
        }
        _ => {
            fields.refuse("items", "is required, as a list");
            &[]
        }
    };
    fields.finish().map(|()| items)
}

struct Item<'v> {
    ask: Ask<'v>,
    errors: Vec<FieldError>,
}

fn read_item(at: usize, value: &Value) -> Item<'_> {
    match Question::read(value, &format!("items[{at}].")) {
        Ok(question) => Item { ask: question.ask(), errors: Vec::new() },
        Err(errors) => Item { ask: not_understood(), errors },
    }
}

/// What is asked for by something that could not be understood. It is denied, and recorded as such.
pub(crate) fn not_understood() -> Ask<'static> {
    Ask {
        credential: None,
        claim: None,
        delegation: None,
        server: "",
        workspace: None,
        operation: Operation::Malformed,
        address: None,
        run: None,
        trace: None,
        min_revision: None,
    }
}
