use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::post;
use actix_web::web::{Data, Path};
use app::{App, keys};
use chrono::{DateTime, TimeDelta, Utc};
use model::to_micros;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{KeyPath, KeyView, MintedView};
use crate::Problem;
use crate::api::idempotency::once;
use crate::api::written::{facts_after, revoked, written};
use crate::api::{Body, Tenant};

/// How a key is to be replaced.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct RotateBody {
    /// How long the old one still counts, in seconds: 0 to 30 days. Left out: 15 minutes for agents, 24 hours for
    /// robots and gateways.
    grace_seconds: Option<i64>,
    /// The secret is known to somebody it should not be: the old key ends at once.
    leaked: bool,
    /// When the new one ends. Left out: in 90 days.
    expires_at: Option<DateTime<Utc>>,
}

/// A replaced key: the new one with its secret, and the old one as it is now.
#[derive(Debug, Serialize, ToSchema)]
pub struct RotatedView {
    /// The new key, with its secret.
    #[serde(flatten)]
    pub minted: MintedView,
    /// The old key.
    pub retired: KeyView,
}

/// Reads a grace. A length beyond what time can hold is as wrong as a negative one.
pub(super) fn grace(seconds: Option<i64>) -> Result<Option<TimeDelta>, Problem> {
    let wrong = || Problem::invalid_field("grace_seconds", "expected 0 to 2592000 (30 days)");
    seconds.map(|seconds| TimeDelta::try_seconds(seconds).ok_or_else(wrong)).transpose()
}

/// Replaces a key. Both count until the grace ends, so no call fails meanwhile.
#[utoipa::path(tag = "keys", params(("org" = String, Path), KeyPath), request_body = RotateBody, responses((status = 201, body = RotatedView)))]
#[post("/v1/orgs/{org}/keys/{key}/rotate")]
pub async fn rotate(
    app: Data<App>,
    tenant: Tenant,
    path: Path<KeyPath>,
    body: Body<RotateBody>,
) -> Result<HttpResponse, Problem> {
    tenant.fresh()?;
    once(&app, &tenant, body.digest, async {
        let how = keys::RotateKey {
            grace: grace(body.value.grace_seconds)?,
            leaked: body.value.leaked,
            expires_at: body.value.expires_at.map(to_micros),
        };
        let changed = app.change(tenant.request(), |p| keys::rotate(p, path.key, how)).await?;
        let facts = facts_after(&app, tenant.organization)?;
        let now = changed.value.minted.key.created_at;
        let view = RotatedView {
            minted: MintedView::of(&facts, &changed.value.minted, now),
            retired: KeyView::of(&facts, &changed.value.retired, now, None),
        };
        let fact = Some(changed.value.minted.key.clone().into());
        if changed.value.retired.counts_at(now) {
            Ok(written(StatusCode::CREATED, &changed, fact, view))
        } else {
            // It took something away, hence the receipt; and it made something, hence the status.
            let mut response = revoked(&changed, fact, view);
            *response.status_mut() = StatusCode::CREATED;
            Ok(response)
        }
    })
    .await
}
