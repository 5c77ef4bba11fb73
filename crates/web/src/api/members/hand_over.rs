use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::post;
use actix_web::web::{Data, Path};
use app::{App, agents};
use model::UserId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Ended, MemberPath};
use crate::Problem;
use crate::api::presented::Named;
use crate::api::written::{facts_after, written};
use crate::api::{Body, Tenant};

/// To whom.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AllToBody {
    /// An active member of the organization.
    #[schema(value_type = uuid::Uuid)]
    to: UserId,
}

/// Agents that have another owner now.
#[derive(Debug, Serialize, ToSchema)]
pub struct HandedView {
    /// Who answers for them now.
    to: Named,
    /// How many and which.
    agents: Ended,
}

/// Hands every agent of a person to another, latched ones too: what comes before the person leaves.
#[utoipa::path(tag = "members", params(("org" = String, Path), MemberPath), request_body = AllToBody, responses((status = 200, body = HandedView)))]
#[post("/v1/orgs/{org}/members/{user}/hand-over")]
pub async fn hand_over(
    app: Data<App>,
    tenant: Tenant,
    path: Path<MemberPath>,
    body: Body<AllToBody>,
) -> Result<HttpResponse, Problem> {
    let to = body.value.to;
    let changed = app.change(tenant.request(), |p| agents::hand_over_all(p, path.user, to)).await?;
    let facts = facts_after(&app, tenant.organization)?;
    let view = HandedView { to: Named::user(&facts, to), agents: Ended::of(&changed.value) };
    Ok(written(StatusCode::OK, &changed, None, view))
}
