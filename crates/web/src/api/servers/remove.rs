use actix_web::HttpResponse;
use actix_web::delete;
use actix_web::web::{Data, Path};
use app::{App, servers};

use super::{ServerPath, ServerView};
use crate::Problem;
use crate::api::reason::ReasonBody;
use crate::api::written::{facts_after, revoked};
use crate::api::{Body, Tenant};

/// Takes a server out of use: no workspace offers it any more. Evidence keeps it, and its slug is never used again.
#[utoipa::path(tag = "servers", params(("org" = String, Path), ServerPath), request_body = ReasonBody, responses((status = 200, body = ServerView)))]
#[delete("/v1/orgs/{org}/servers/{server}")]
pub async fn remove(
    app: Data<App>,
    tenant: Tenant,
    path: Path<ServerPath>,
    body: Body<ReasonBody>,
) -> Result<HttpResponse, Problem> {
    let facts = app.read(tenant.caller, tenant.organization).await?.facts;
    let id = super::server(&facts, &path.server)?.id;
    let changed = app.change(tenant.request(), |p| servers::remove(p, id, &body.value.reason)).await?;
    let facts = facts_after(&app, tenant.organization)?;
    let view = ServerView::of(&facts, &changed.value);
    Ok(revoked(&changed, Some(changed.value.clone().into()), view))
}
