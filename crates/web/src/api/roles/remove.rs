use actix_web::HttpResponse;
use actix_web::delete;
use actix_web::web::{Data, Path};
use app::{App, roles};
use serde::Serialize;
use utoipa::ToSchema;

use super::{RolePath, RoleView};
use crate::Problem;
use crate::api::Tenant;
use crate::api::written::revoked;

/// A role that was removed, and what went with it.
#[derive(Debug, Serialize, ToSchema)]
pub struct RemovedRole {
    #[serde(flatten)]
    role: RoleView,
    /// How many grants went with it.
    removed_grants: usize,
    /// How many memberships went with it: whoever had only this role in a workspace is out of it.
    removed_memberships: usize,
}

/// Removes a role, its grants and the workspace memberships that carry it, in one transaction.
#[utoipa::path(tag = "roles", params(("org" = String, Path), RolePath), responses((status = 200, body = RemovedRole)))]
#[delete("/v1/orgs/{org}/roles/{role}")]
pub async fn remove(app: Data<App>, tenant: Tenant, path: Path<RolePath>) -> Result<HttpResponse, Problem> {
    let changed = app.change(tenant.request(), |p| roles::remove(p, path.role)).await?;
    let removed = &changed.value;
    let view = RemovedRole {
        role: RoleView::from(&removed.role),
        removed_grants: removed.grants,
        removed_memberships: removed.memberships,
    };
    Ok(revoked(&changed, None, view))
}
