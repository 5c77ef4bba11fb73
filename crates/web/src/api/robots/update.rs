use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::patch;
use actix_web::web::{Data, Path};
use app::{App, robots};
use model::UserId;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{RobotPath, RobotView};
use crate::Problem;
use crate::api::presented::read;
use crate::api::written::{facts_after, written};
use crate::api::{Body, Tenant};

/// What is to be otherwise. Left out: as it is.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RobotPatchBody {
    /// What it is called.
    name: Option<String>,
    /// What it is for.
    purpose: Option<String>,
    /// Whom to tell about it: all of them, in place of those before.
    #[schema(value_type = Option<Vec<uuid::Uuid>>)]
    stewards: Option<Vec<UserId>>,
}

/// Renames a robot, says what it is for and names its stewards.
#[utoipa::path(tag = "robots", params(("org" = String, Path), RobotPath), request_body = RobotPatchBody, responses((status = 200, body = RobotView)))]
#[patch("/v1/orgs/{org}/robots/{robot}")]
pub async fn update(
    app: Data<App>,
    tenant: Tenant,
    path: Path<RobotPath>,
    body: Body<RobotPatchBody>,
) -> Result<HttpResponse, Problem> {
    let RobotPatchBody { name, purpose, stewards } = body.value;
    let name = name.as_deref().map(|name| read("name", name)).transpose()?;
    let wanted = robots::RobotPatch { name, purpose, stewards };
    let changed = app.change(tenant.request(), |p| robots::update(p, path.robot, wanted)).await?;
    let facts = facts_after(&app, tenant.organization)?;
    let view = RobotView::of(&facts, &changed.value);
    Ok(written(StatusCode::OK, &changed, Some(changed.value.clone().into()), view))
}
