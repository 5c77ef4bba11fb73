use actix_web::HttpResponse;
use actix_web::post;
use actix_web::web::Data;
use app::App;
use model::AgentId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::AgentView;
use crate::Problem;
use crate::api::idempotency::once;
use crate::api::written::{facts_after, revoked};
use crate::api::{Body, Tenant};

/// Which agents are to be held, and why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PauseManyBody {
    /// Which: 1 to 50 ids.
    #[schema(value_type = Vec<Uuid>)]
    agents: Vec<AgentId>,
    /// Why, in the words of whoever does it; at most 500 characters. It stands with each of them.
    #[serde(default)]
    reason: String,
}

/// What became of the agents.
#[derive(Debug, Serialize, ToSchema)]
pub struct PausedManyView {
    /// Those that are paused.
    paused: Vec<AgentView>,
    /// Those that somebody was faster with while the others were paused: not live any more, or not the caller's.
    not_paused: Vec<Uuid>,
}

/// Holds several agents: their very next calls are refused. Reversible. Each is a decision and a change of its own; where
/// one cannot be paused, none is.
#[utoipa::path(tag = "agents", params(("org" = String, Path)), request_body = PauseManyBody, responses((status = 200, body = PausedManyView)))]
#[post("/v1/orgs/{org}/agents/pause")]
pub async fn pause_many(
    app: Data<App>,
    tenant: Tenant,
    body: Body<PauseManyBody>,
) -> Result<HttpResponse, Problem> {
    once(&app, &tenant, body.digest, async {
        let PauseManyBody { agents, reason } = body.value;
        let many = app.pause_agents(tenant.request(), &agents.into_iter().collect(), &reason).await?;
        let facts = facts_after(&app, tenant.organization)?;
        let view = PausedManyView {
            paused: many.paused.iter().map(|changed| AgentView::of(&facts, &changed.value)).collect(),
            not_paused: many.not_paused.iter().map(|id| id.uuid()).collect(),
        };
        let last = many.paused.last().ok_or_else(Problem::internal)?;
        Ok(revoked(last, None, view))
    })
    .await
}
