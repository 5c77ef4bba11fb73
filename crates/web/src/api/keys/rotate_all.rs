use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::post;
use actix_web::web::{Data, Path};
use app::{App, keys};
use model::Holder;
use serde::Deserialize;
use utoipa::ToSchema;

use super::rotate::grace;
use super::rotate_many::RotatedManyView;
use crate::Problem;
use crate::api::agents::AgentPath;
use crate::api::idempotency::once;
use crate::api::written::{facts_after, written};
use crate::api::{Body, Tenant};

/// How the keys of an agent are to be replaced.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct RotateAllBody {
    /// How long the old ones still count, in seconds. Left out: 15 minutes.
    grace_seconds: Option<i64>,
    /// The secrets are known to somebody they should not be: the old keys end at once.
    leaked: bool,
    /// Why; at most 500 characters.
    reason: String,
}

/// Replaces every live key of an agent, in one transaction.
#[utoipa::path(tag = "keys", params(("org" = String, Path), AgentPath), request_body = RotateAllBody, responses((status = 201, body = RotatedManyView)))]
#[post("/v1/orgs/{org}/agents/{agent}/rotate-keys")]
pub async fn rotate_all(
    app: Data<App>,
    tenant: Tenant,
    path: Path<AgentPath>,
    body: Body<RotateAllBody>,
) -> Result<HttpResponse, Problem> {
    tenant.fresh()?;
    once(&app, &tenant, body.digest, async {
        let RotateAllBody { grace_seconds, leaked, reason } = body.value;
        let how = keys::RotateKey { grace: grace(grace_seconds)?, leaked, expires_at: None };
        let holder = Holder::Agent(path.agent);
        let changed = app.change(tenant.request(), |p| keys::rotate_all(p, holder, how, &reason)).await?;
        let facts = facts_after(&app, tenant.organization)?;
        let view = RotatedManyView::of(&facts, &changed.value, app.engine.world().now());
        Ok(written(StatusCode::CREATED, &changed, None, view))
    })
    .await
}
