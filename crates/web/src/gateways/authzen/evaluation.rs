//! `POST /access/v1/evaluation`: one evaluation.

use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use decision::Reason;
use enforcement::{Answer, GatewayCaller};
use model::DecisionId;
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use crate::gateways::GatewayState;
use crate::gateways::authzen::entity::Evaluation;
use crate::gateways::authzen::{DECISION_ID, Refused, asked, bad_request, mapping, object};
use crate::gateways::check::json;
use crate::gateways::explain::{Explained, explain};
use crate::problem::{Code, Problem};

/// Who wants to do what to which.
#[derive(Debug, ToSchema)]
pub struct EvaluationRequest {
    /// `type` is `agent`, `robot`, `user` or `identity`, `id` a UUID.
    pub subject: EntityBody,
    /// `name` is the JSON-RPC method.
    pub action: ActionBody,
    /// `type` is `tool` with the tool's name as `id`, or `mcp_server` with the server's slug.
    pub resource: EntityBody,
    /// `server`, `arguments`, `workspace`, `credential`, `agent`, `run_id`, `traceparent`, `ip`, `explain`.
    #[schema(value_type = Option<Object>)]
    pub context: Option<Value>,
}

/// A subject or a resource.
#[derive(Debug, ToSchema)]
pub struct EntityBody {
    /// What kind of thing it is.
    #[schema(rename = "type")]
    pub kind: String,
    /// Which.
    pub id: String,
    /// What else is said about it.
    #[schema(value_type = Option<Object>)]
    pub properties: Option<Value>,
}

/// An action.
#[derive(Debug, ToSchema)]
pub struct ActionBody {
    /// Its name.
    pub name: String,
}

/// The decision.
#[derive(Debug, Serialize, ToSchema)]
pub struct EvaluationAnswer<'a> {
    /// Whether it may.
    pub decision: bool,
    /// Only where it was asked for with `context.explain: true`, or where the item could not be understood.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub context: Option<ContextAnswer<'a>>,
}

/// What is told besides.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum ContextAnswer<'a> {
    /// Why.
    Explained {
        /// The stable code.
        reason: Reason,
        /// The recorded decision.
        decision_id: DecisionId,
        /// The revision of the facts.
        revision: u64,
        /// The path.
        explain: Vec<Explained>,
    },
    /// Why the item is denied without being decided.
    Failed {
        /// The failure.
        error: Failure<'a>,
    },
}

/// Why an item could not be decided.
#[derive(Debug, Serialize)]
pub struct Failure<'a> {
    /// As an HTTP status.
    pub status: u16,
    /// What was expected.
    pub message: &'a str,
}

impl EvaluationAnswer<'_> {
    pub(crate) fn of(answer: &Answer, explained: bool) -> Self {
        let decision = answer.decision();
        let context = explained.then(|| ContextAnswer::Explained {
            reason: decision.public_reason(),
            decision_id: answer.record.id,
            revision: decision.revision.0,
            explain: explain(decision),
        });
        Self { decision: decision.is_allowed(), context }
    }
}

/// Decides one evaluation. A denial is 200 with `"decision": false`.
#[utoipa::path(
    post,
    path = "/access/v1/evaluation",
    tag = "authzen",
    request_body = EvaluationRequest,
    responses(
        (status = 200, description = "Decided, and recorded.", body = EvaluationAnswer),
        (status = 400, description = "The request is malformed.", body = String, content_type = "text/plain"),
        (status = 401, description = "The gateway's key is missing or bad.", body = String, content_type = "text/plain"),
        (status = 408, description = "The announced body did not arrive in time.", body = String, content_type = "text/plain"),
        (status = 413, description = "The body is too large.", body = String, content_type = "text/plain"),
        (status = 429, description = "The organization asks for more than it may.", body = String, content_type = "text/plain"),
        (status = 503, description = "The node cannot answer safely.", body = String, content_type = "text/plain"),
    ),
    security(("key" = []))
)]
pub async fn evaluation(
    state: Data<GatewayState>,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, Refused> {
    let (caller, bytes) = asked(&state, &request, payload).await?;
    Ok(single(&state, &caller, &object(&bytes)?).await?)
}

/// Decides what stands at the top of a request.
pub(crate) async fn single(
    state: &GatewayState,
    caller: &GatewayCaller,
    body: &Map<String, Value>,
) -> Result<HttpResponse, Problem> {
    let evaluation = Evaluation::read(body, None).map_err(bad_request)?;
    let facts = state.engine.replica().held(caller.organization).ok_or(Code::FactsUnavailable)?;
    let ask = mapping::ask(&facts, &evaluation);
    let answer = state.engine.answer(caller, &ask).await?;
    let mut response = json(&EvaluationAnswer::of(&answer, evaluation.wants_explanation()))?;
    if let Ok(id) = answer.record.id.to_string().parse() {
        response.headers_mut().insert(DECISION_ID, id);
    }
    Ok(response)
}
