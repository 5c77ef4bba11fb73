//! `POST /v1/tools/visible`: which tools of a server may this principal see?

use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use decision::Operation;
use enforcement::Ask;
use model::{DecisionId, RunId};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::gateways::answer::{Named, Party, workspace};
use crate::gateways::check::{json, malformed};
use crate::gateways::fields::Fields;
use crate::gateways::question::{CheckContext, address, credential, traceparent};
use crate::gateways::{GatewayState, authenticate, body, headers, trace};
use crate::problem::{FieldError, Problem, ProblemDocument};
use crate::strict_json;

/// Which tools may this principal see?
#[derive(Debug, ToSchema)]
pub struct VisibleRequest {
    /// The agent's or robot's key. Null where none came.
    #[schema(required = true)]
    pub credential: Option<String>,
    /// The slug of the server.
    pub server: String,
    /// The slug of the workspace. Optional where the server is offered in exactly one.
    pub workspace: Option<String>,
    /// The run that asks.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub run_id: Option<RunId>,
    /// Where it stands in a trace (W3C Trace Context). Ignored where it is not valid.
    pub traceparent: Option<String>,
    /// What else is known. A key that is limited to addresses sees nothing without `context.ip`.
    pub context: Option<CheckContext>,
}

const FIELDS: [&str; 6] = ["credential", "server", "workspace", "run_id", "traceparent", "context"];

/// The tools, and the recorded decision on asking for them.
#[derive(Debug, Serialize, ToSchema)]
pub struct VisibleAnswer<'a> {
    /// The names of the tools, in their order. Empty where nothing may be seen, for whatever reason.
    pub tools: &'a [String],
    /// Whether anything of the server may be used at all.
    pub decision: bool,
    /// The id of the recorded decision.
    #[schema(value_type = uuid::Uuid)]
    pub decision_id: DecisionId,
    /// Why: a stable code.
    pub reason: &'static str,
    /// The revision of the facts it rests on.
    pub revision: u64,
    /// Who asks. Null where nobody was recognized.
    pub actor: Option<Party<'a>>,
    /// The person who answers for it. Null for robots.
    pub owner: Option<Named<'a>>,
    /// The workspace: on allow the one found, on denial the one that was asked for.
    pub workspace: Option<&'a str>,
}

/// Lists the tools of which some call would be allowed: for gateways that filter `tools/list`.
#[utoipa::path(
    post,
    path = "/v1/tools/visible",
    tag = "enforcement",
    request_body = VisibleRequest,
    responses(
        (status = 200, description = "Decided, and recorded.", body = VisibleAnswer),
        (status = 400, description = "The request is malformed.", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, description = "The gateway's key is missing or bad.", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 408, description = "The announced body did not arrive in time.", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 413, description = "The body is too large.", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, description = "The body is not JSON by its own word.", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 429, description = "The organization asks for more than it may.", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 503, description = "The node cannot answer safely.", body = ProblemDocument, content_type = "application/problem+json"),
    ),
    security(("key" = []))
)]
pub async fn visible(
    state: Data<GatewayState>,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    let caller = authenticate::by_bearer(&state, &request).await?;
    let bytes = body::read_json(&request, payload, &state.limits).await?;
    let value = strict_json::parse(&bytes)?;
    let ask = read(&value).map_err(malformed)?;
    let in_header = || trace::parse(headers::text(request.headers(), "traceparent")?);
    let ask = Ask { trace: ask.trace.or_else(in_header), ..ask };
    let visible = state.engine.visible(&caller, &ask).await?;
    let record = &visible.answer.record;
    let decision = visible.answer.decision();
    json(&VisibleAnswer {
        tools: &visible.tools,
        decision: decision.is_allowed(),
        decision_id: record.id,
        reason: decision.public_reason().code(),
        revision: decision.revision.0,
        actor: decision.actor.as_ref().map(Into::into),
        owner: decision.owner.as_ref().map(Into::into),
        workspace: workspace(record, ask.workspace),
    })
}

fn read(value: &Value) -> Result<Ask<'_>, Vec<FieldError>> {
    let mut fields = Fields::of(value, "", &FIELDS)?;
    let ask = Ask {
        credential: credential(&mut fields),
        claim: None,
        delegation: None,
        server: fields.required_name("server"),
        workspace: fields.name("workspace"),
        operation: Operation::Session { method: "tools/visible" },
        address: address(&mut fields),
        run: fields.parsed("run_id", "must be a UUID"),
        trace: traceparent(&mut fields),
        min_revision: None,
    };
    fields.finish().map(|()| ask)
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use utoipa::PartialSchema;

    use super::*;

    #[test]
    fn a_whole_question_is_read() {
        let value = json!({
            "credential": "ans_ak_x", "server": "github", "workspace": "platform",
            "run_id": "0192f0c1-2345-7000-8000-000000000001",
            "traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            "context": {"ip": "::1"}
        });
        let ask = read(&value).expect("a question");
        assert_eq!((ask.server, ask.workspace), ("github", Some("platform")));
        assert_eq!(ask.address, "::1".parse().ok());
        assert!(ask.run.is_some() && ask.trace.is_some());
        let less = json!({"credential": null, "server": "github"});
        let ask = read(&less).expect("a question");
        assert!(ask.address.is_none() && ask.run.is_none() && ask.trace.is_none());
    }

    #[test]
    fn the_documented_fields_are_the_ones_that_are_read() {
        let schema = serde_json::to_value(VisibleRequest::schema()).expect("a schema");
        let documented = schema["properties"].as_object().expect("properties").keys();
        assert_eq!(documented.collect::<Vec<_>>(), FIELDS.iter().collect::<Vec<_>>());
        assert_eq!(schema["required"], json!(["credential", "server"]));
    }
}
