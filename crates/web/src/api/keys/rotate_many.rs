use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::post;
use actix_web::web::Data;
use app::{App, keys};
use chrono::{DateTime, Utc};
use model::{KeyKind, Snapshot, Timestamp, UserId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::rotate::{RotatedView, grace};
use super::{KeyView, MintedView};
use crate::Problem;
use crate::api::idempotency::once;
use crate::api::written::{facts_after, written};
use crate::api::{Body, Tenant};

/// Which keys are to be replaced, how, and why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RotateManyBody {
    /// Only keys of this kind: `agent`, `robot` or `gateway`.
    #[schema(value_type = Option<String>)]
    kind: Option<KeyKind>,
    /// Only keys of this person's agents.
    #[schema(value_type = Option<uuid::Uuid>)]
    owner: Option<UserId>,
    /// Only keys made before.
    created_before: Option<DateTime<Utc>>,
    /// Every key of every agent, robot and gateway. Needed where nothing else narrows: a filter that was forgotten must not
    /// replace all of them.
    #[serde(default)]
    all: bool,
    /// How long the old ones still count, in seconds. Left out: the default of each kind.
    grace_seconds: Option<i64>,
    /// Why. Needed.
    reason: String,
}

/// What became of the keys.
#[derive(Debug, Serialize, ToSchema)]
pub struct RotatedManyView {
    /// Those replaced, each new one with its secret.
    rotated: Vec<RotatedView>,
    /// Those that could not be.
    not_rotated: Vec<NotRotatedView>,
}

/// A key that could not be replaced.
#[derive(Debug, Serialize, ToSchema)]
pub struct NotRotatedView {
    /// Its public id.
    id: String,
    /// Why, and what to do.
    reason: String,
}

impl RotatedManyView {
    /// What became of the keys, with the new secrets.
    pub fn of(facts: &Snapshot, many: &keys::ManyRotated, now: Timestamp) -> Self {
        let show = |rotated: &keys::Rotated| RotatedView {
            minted: MintedView::of(facts, &rotated.minted, now),
            retired: KeyView::of(facts, &rotated.retired, now, None),
        };
        let not =
            |not: &keys::NotRotated| NotRotatedView { id: not.key.to_string(), reason: not.reason.clone() };
        Self {
            rotated: many.rotated.iter().map(show).collect(),
            not_rotated: many.not_rotated.iter().map(not).collect(),
        }
    }
}

/// Replaces every key that the filter names, in one transaction.
#[utoipa::path(tag = "keys", params(("org" = String, Path)), request_body = RotateManyBody, responses((status = 201, body = RotatedManyView)))]
#[post("/v1/orgs/{org}/keys/rotate")]
pub async fn rotate_many(
    app: Data<App>,
    tenant: Tenant,
    body: Body<RotateManyBody>,
) -> Result<HttpResponse, Problem> {
    tenant.fresh()?;
    once(&app, &tenant, body.digest, async {
        let RotateManyBody { kind, owner, created_before, all, grace_seconds, reason } = body.value;
        let many = keys::Many { kind, owner, created_before, all, grace: grace(grace_seconds)?, reason };
        let changed = app.change(tenant.request(), |planning| keys::rotate_many(planning, &many)).await?;
        let facts = facts_after(&app, tenant.organization)?;
        let now = app.engine.world().now();
        let view = RotatedManyView::of(&facts, &changed.value, now);
        Ok(written(StatusCode::CREATED, &changed, None, view))
    })
    .await
}
