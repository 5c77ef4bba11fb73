use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::post;
use actix_web::web::{Data, Path};
use app::{App, agents};
use model::UserId;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{AgentPath, AgentView};
use crate::Problem;
use crate::api::written::{facts_after, written};
use crate::api::{Body, Tenant};

/// To whom.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HandOverBody {
    /// An active member of the organization.
    #[schema(value_type = uuid::Uuid)]
    to: UserId,
}

/// Hands an agent to another person, who answers for it from now on. Opens the latch of an unowned one.
#[utoipa::path(tag = "agents", params(("org" = String, Path), AgentPath), request_body = HandOverBody, responses((status = 200, body = AgentView)))]
#[post("/v1/orgs/{org}/agents/{agent}/hand-over")]
pub async fn hand_over(
    app: Data<App>,
    tenant: Tenant,
    path: Path<AgentPath>,
    body: Body<HandOverBody>,
) -> Result<HttpResponse, Problem> {
    let changed = app.change(tenant.request(), |p| agents::hand_over(p, path.agent, body.value.to)).await?;
    let facts = facts_after(&app, tenant.organization)?;
    let view = AgentView::of(&facts, &changed.value);
    Ok(written(StatusCode::OK, &changed, Some(changed.value.clone().into()), view))
}
