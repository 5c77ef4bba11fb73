use actix_web::HttpResponse;
use actix_web::post;
use actix_web::web::{Data, Path};
use app::{App, keys};

use super::{KeyPath, KeyView};
use crate::Problem;
use crate::api::reason::ReasonBody;
use crate::api::written::{facts_after, revoked};
use crate::api::{Body, Tenant};

/// Ends a key at once and for ever. The receipt says when every node refuses it.
#[utoipa::path(tag = "keys", params(("org" = String, Path), KeyPath), request_body = ReasonBody, responses((status = 200, body = KeyView)))]
#[post("/v1/orgs/{org}/keys/{key}/revoke")]
pub async fn revoke(
    app: Data<App>,
    tenant: Tenant,
    path: Path<KeyPath>,
    body: Body<ReasonBody>,
) -> Result<HttpResponse, Problem> {
    tenant.fresh()?;
    let changed = app.change(tenant.request(), |p| keys::revoke(p, path.key, &body.value.reason)).await?;
    let facts = facts_after(&app, tenant.organization)?;
    let view = KeyView::of(&facts, &changed.value, app.engine.world().now(), None);
    Ok(revoked(&changed, Some(changed.value.clone().into()), view))
}
