use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::post;
use actix_web::web::Data;
use app::{App, robots};
use model::UserId;
use serde::Deserialize;
use utoipa::ToSchema;

use super::RobotView;
use crate::Problem;
use crate::api::idempotency::once;
use crate::api::presented::read;
use crate::api::written::{facts_after, written};
use crate::api::{Body, Tenant};

/// A robot to be created.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRobotBody {
    /// What it is called.
    name: String,
    /// What it is for.
    #[serde(default)]
    purpose: String,
    /// Whom to tell about it: active members.
    #[serde(default)]
    #[schema(value_type = Vec<uuid::Uuid>)]
    stewards: Vec<UserId>,
}

/// Creates a robot. Without a role in a workspace it may do nothing.
#[utoipa::path(tag = "robots", params(("org" = String, Path)), request_body = NewRobotBody, responses((status = 201, body = RobotView)))]
#[post("/v1/orgs/{org}/robots")]
pub async fn create(
    app: Data<App>,
    tenant: Tenant,
    body: Body<NewRobotBody>,
) -> Result<HttpResponse, Problem> {
    once(&app, &tenant, body.digest, async {
        let NewRobotBody { name, purpose, stewards } = body.value;
        let new = robots::NewRobot { name: read("name", &name)?, purpose, stewards };
        let changed = app.change(tenant.request(), |planning| robots::create(planning, new)).await?;
        let facts = facts_after(&app, tenant.organization)?;
        let view = RobotView::of(&facts, &changed.value);
        Ok(written(StatusCode::CREATED, &changed, Some(changed.value.clone().into()), view))
    })
    .await
}
