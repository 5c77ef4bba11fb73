use actix_web::HttpResponse;
use actix_web::delete;
use actix_web::web::{Data, Path};
use app::{App, roles};

use super::{GrantPath, GrantView};
use crate::Problem;
use crate::api::Tenant;
use crate::api::written::{facts_after, revoked};

/// Takes a grant from a role: what only it gave is denied from now on.
#[utoipa::path(tag = "roles", params(("org" = String, Path), GrantPath), responses((status = 200, body = GrantView)))]
#[delete("/v1/orgs/{org}/roles/{role}/grants/{grant}")]
pub async fn remove_grant(
    app: Data<App>,
    tenant: Tenant,
    path: Path<GrantPath>,
) -> Result<HttpResponse, Problem> {
    let changed = app.change(tenant.request(), |p| roles::remove_grant(p, path.role, path.grant)).await?;
    let facts = facts_after(&app, tenant.organization)?;
    Ok(revoked(&changed, None, GrantView::of(&facts, &changed.value)))
}
