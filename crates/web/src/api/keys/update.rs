use actix_web::HttpResponse;
use actix_web::patch;
use actix_web::web::{Data, Path};
use app::{App, keys};
use chrono::{DateTime, Utc};
use model::to_micros;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{KeyPath, KeyView, LimitsBody};
use crate::Problem;
use crate::api::presented::read;
use crate::api::written::{facts_after, revoked};
use crate::api::{Body, Tenant};

/// What about a key is to be otherwise. Left out: as it is.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct KeyPatch {
    /// What it is for.
    name: Option<String>,
    /// All of its limits.
    limits: Option<LimitsBody>,
    /// A new end of its grace, while it is retiring: now or earlier ends it, later extends it.
    grace_expires_at: Option<DateTime<Utc>>,
}

/// Adjusts a key: its name, its limits, the grace of one that is retiring.
#[utoipa::path(tag = "keys", params(("org" = String, Path), KeyPath), request_body = KeyPatch, responses((status = 200, body = KeyView)))]
#[patch("/v1/orgs/{org}/keys/{key}")]
pub async fn update(
    app: Data<App>,
    tenant: Tenant,
    path: Path<KeyPath>,
    body: Body<KeyPatch>,
) -> Result<HttpResponse, Problem> {
    tenant.fresh()?;
    let facts = app.read(tenant.caller, tenant.organization).await?.facts;
    let wanted = keys::Adjust {
        name: body.value.name.as_deref().map(|name| read("name", name)).transpose()?,
        limits: body.value.limits.as_ref().map(|limits| limits.read(&facts)).transpose()?,
        grace_expires_at: body.value.grace_expires_at.map(to_micros),
    };
    let changed = app.change(tenant.request(), |p| keys::adjust(p, path.key, wanted)).await?;
    let facts = facts_after(&app, tenant.organization)?;
    let view = KeyView::of(&facts, &changed.value, app.engine.world().now(), None);
    Ok(revoked(&changed, Some(changed.value.clone().into()), view))
}
