//! `POST /access/v1/evaluations`: many evaluations in one request.

use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use decision::Decision;
use enforcement::Ask;
use model::Snapshot;
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use crate::gateways::GatewayState;
use crate::gateways::authzen::entity::Evaluation;
use crate::gateways::authzen::evaluation::{
    ActionBody, ContextAnswer, EntityBody, EvaluationAnswer, EvaluationRequest, Failure, single,
};
use crate::gateways::authzen::{Refused, asked, bad_request, mapping, object};
use crate::gateways::batch::{MOST_ITEMS, not_understood};
use crate::gateways::check::json;
use crate::problem::{Code, Problem};

/// Many evaluations. What stands beside `evaluations` is the default of every item, and is replaced as a whole by
/// what the item says itself.
#[derive(Debug, ToSchema)]
pub struct EvaluationsRequest {
    /// Whose, where an item does not say.
    pub subject: Option<EntityBody>,
    /// What, where an item does not say.
    pub action: Option<ActionBody>,
    /// To which, where an item does not say.
    pub resource: Option<EntityBody>,
    /// Under which circumstances, where an item does not say.
    #[schema(value_type = Option<Object>)]
    pub context: Option<Value>,
    /// At most 1,000. Absent or empty: the request is a single evaluation, and is answered as one.
    #[schema(max_items = 1000)]
    pub evaluations: Option<Vec<EvaluationRequest>>,
    /// `evaluations_semantic`: `execute_all` (the default), `deny_on_first_deny` or `permit_on_first_permit`.
    #[schema(value_type = Option<Object>)]
    pub options: Option<Value>,
}

/// The decisions.
#[derive(Debug, Serialize, ToSchema)]
pub struct EvaluationsAnswer<'a> {
    /// One for each item, in their order, up to the one that settles it.
    pub evaluations: Vec<EvaluationAnswer<'a>>,
}

/// When the rest of the items is not wanted any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Semantic {
    ExecuteAll,
    DenyOnFirstDeny,
    PermitOnFirstPermit,
}

/// An item as it is asked, and why it could not be understood, where it could not.
struct Item<'v> {
    ask: Ask<'v>,
    explained: bool,
    failure: Option<String>,
}

/// Decides many evaluations, recorded with one commit.
#[utoipa::path(
    post,
    path = "/access/v1/evaluations",
    tag = "authzen",
    request_body = EvaluationsRequest,
    responses(
        (status = 200, description = "Decided, and recorded.", body = EvaluationsAnswer),
        (status = 400, description = "The request is malformed.", body = String, content_type = "text/plain"),
        (status = 401, description = "The gateway's key is missing or bad.", body = String, content_type = "text/plain"),
        (status = 408, description = "The announced body did not arrive in time.", body = String, content_type = "text/plain"),
        (status = 413, description = "The body is too large.", body = String, content_type = "text/plain"),
        (status = 429, description = "The organization asks for more than it may.", body = String, content_type = "text/plain"),
        (status = 503, description = "The node cannot answer safely.", body = String, content_type = "text/plain"),
    ),
    security(("key" = []))
)]
pub async fn evaluations(
    state: Data<GatewayState>,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, Refused> {
    let (caller, bytes) = asked(&state, &request, payload).await?;
    let body = object(&bytes)?;
    let semantic = semantic(&body)?;
    let list = list(&body)?;
    if list.is_empty() {
        return Ok(single(&state, &caller, &body).await?);
    }
    let facts =
        state.engine.replica().held(caller.organization).ok_or(Problem::new(Code::FactsUnavailable))?;
    let items: Vec<_> = list.iter().map(|item| read(&facts, &body, item)).collect();
    let asks: Vec<_> = items.iter().map(|item| item.ask).collect();
    let settles = |decision: &Decision| semantic.settles(decision.is_allowed());
    let answers = state.engine.answer_until(&caller, &asks, settles).await.map_err(Problem::from)?;
    let evaluations = answers.iter().zip(&items).map(|(answer, item)| match &item.failure {
        None => EvaluationAnswer::of(answer, item.explained),
        Some(message) => EvaluationAnswer {
            decision: false,
            context: Some(ContextAnswer::Failed { error: Failure { status: 400, message } }),
        },
    });
    Ok(json(&EvaluationsAnswer { evaluations: evaluations.collect() })?)
}

impl Semantic {
    fn settles(self, allowed: bool) -> bool {
        match self {
            Self::ExecuteAll => false,
            Self::DenyOnFirstDeny => !allowed,
            Self::PermitOnFirstPermit => allowed,
        }
    }
}

fn semantic(body: &Map<String, Value>) -> Result<Semantic, Problem> {
    let named = body.get("options").and_then(|options| options.get("evaluations_semantic"));
    match named.map(Value::as_str) {
        None | Some(Some("execute_all")) => Ok(Semantic::ExecuteAll),
        Some(Some("deny_on_first_deny")) => Ok(Semantic::DenyOnFirstDeny),
        Some(Some("permit_on_first_permit")) => Ok(Semantic::PermitOnFirstPermit),
        Some(_) => Err(bad_request(
            "`options.evaluations_semantic` must be `execute_all`, `deny_on_first_deny` or `permit_on_first_permit`",
        )),
    }
}

fn list(body: &Map<String, Value>) -> Result<&[Value], Problem> {
    match body.get("evaluations") {
        None | Some(Value::Null) => Ok(&[]),
        Some(Value::Array(items)) if items.len() <= MOST_ITEMS => Ok(items),
        Some(Value::Array(_)) => Err(bad_request("`evaluations` must have at most 1000 items")),
        Some(_) => Err(bad_request("`evaluations` must be a list")),
    }
}

fn read<'v>(facts: &Snapshot, defaults: &'v Map<String, Value>, item: &'v Value) -> Item<'v> {
    let evaluation = match item {
        Value::Object(item) => Evaluation::read(defaults, Some(item)),
        _ => Err("an item of `evaluations` must be an object".to_owned()),
    };
    match evaluation {
        Ok(evaluation) => Item {
            ask: mapping::ask(facts, &evaluation),
            explained: evaluation.wants_explanation(),
            failure: None,
        },
        Err(failure) => Item { ask: not_understood(), explained: false, failure: Some(failure) },
    }
}
