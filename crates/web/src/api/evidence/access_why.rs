use actix_web::get;
use actix_web::web::{Data, Json, Query};
use app::evidence::{Asked, explore};
use app::{App, Error};
use decision::{Action, Decision, On, Step};
use model::FactKind;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::access_what::principal;
use super::decision_view::AskedFor;
use crate::Problem;
use crate::api::Tenant;
use crate::api::servers::server;

/// May somebody call a tool, and why?
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// The id of a person, an agent or a robot.
    principal: Uuid,
    /// The server's id or slug.
    server: String,
    /// The tool's exact name.
    tool: String,
    /// The workspace's slug. Left out: the one that offers the server, where there is only one.
    workspace: Option<String>,
    /// The arguments, as JSON. Left out: some arguments.
    arguments: Option<String>,
}

/// The answer, and every question that led to it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Answer {
    /// `allow` or `deny`.
    #[schema(value_type = String)]
    decision: decision::Verdict,
    /// Why, in full: the code.
    reason: &'static str,
    /// What that means and what to do.
    explanation: &'static str,
    /// The revision of the facts it rests on.
    revision: u64,
    /// The workspace it was answered for.
    workspace: Option<AskedFor>,
    /// Every question asked, in order, and what each rests on.
    #[schema(value_type = Vec<Object>)]
    path: Vec<Step>,
    /// The same for each workspace that offers the server, where there are several and none was asked for. The one
    /// that comes nearest is first.
    elsewhere: Vec<Elsewhere>,
    /// The ways there are: in each workspace that offers the server, or in the one asked for, by each grant alone that
    /// names the tool. The one that comes nearest is first; not more than 24 are told.
    ways: Vec<Elsewhere>,
}

/// The answer in one workspace.
#[derive(Debug, Serialize, ToSchema)]
pub struct Elsewhere {
    /// The workspace.
    workspace: Option<AskedFor>,
    /// `allow` or `deny`.
    #[schema(value_type = String)]
    decision: decision::Verdict,
    /// Why, in full: the code.
    reason: &'static str,
    /// Every question asked, in order, and what each rests on.
    #[schema(value_type = Vec<Object>)]
    path: Vec<Step>,
}

/// Tells whether somebody may call a tool, and by which path: the same evaluator that answers gateways. Everybody may
/// ask it of themselves and of their agents.
#[utoipa::path(tag = "evidence", params(("org" = String, Path), Question), responses((status = 200, body = Answer)))]
#[get("/v1/orgs/{org}/access/why")]
pub async fn why(app: Data<App>, tenant: Tenant, query: Query<Question>) -> Result<Json<Answer>, Problem> {
    let reading = app.read(tenant.caller, tenant.organization).await?;
    let server = server(&reading.facts, &query.server)?.id;
    reading.check(Action::ServerRead, On::Server(server))?;
    let principal = principal(&reading.facts, query.principal).ok_or(Error::NotFound(FactKind::Agent))?;
    let read = |text: &String| {
        serde_json::from_str(text).map_err(|_| Problem::invalid_field("arguments", "expected JSON"))
    };
    let arguments: Option<serde_json::Value> = query.arguments.as_ref().map(read).transpose()?;
    let asked = Asked {
        principal,
        server,
        tool: &query.tool,
        workspace: query.workspace.as_deref(),
        arguments: arguments.as_ref(),
    };
    let explored = explore(&reading, &asked)?;
    let decision = explored.decision;
    Ok(Json(Answer {
        decision: decision.verdict(),
        reason: decision.reason().code(),
        explanation: decision.reason().say(),
        revision: decision.revision.0,
        workspace: workspace(&decision),
        path: decision.steps.to_vec(),
        elsewhere: explored.elsewhere.iter().map(Elsewhere::of).collect(),
        ways: explored.ways.iter().map(Elsewhere::of).collect(),
    }))
}

impl Elsewhere {
    fn of(decision: &Decision) -> Self {
        Self {
            workspace: workspace(decision),
            decision: decision.verdict(),
            reason: decision.reason().code(),
            path: decision.steps.to_vec(),
        }
    }
}

fn workspace(decision: &Decision) -> Option<AskedFor> {
    decision
        .workspace
        .as_ref()
        .map(|place| AskedFor { id: Some(place.id.uuid()), name: Some(place.name.clone()) })
}
