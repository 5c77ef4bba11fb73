use actix_web::HttpResponse;
use actix_web::delete;
use actix_web::web::{Data, Path};
use app::App;
use app::directory::groups;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::GroupPath;
use crate::Problem;
use crate::api::Tenant;
use crate::api::written::revoked;

/// A group that is gone.
#[derive(Debug, Serialize, ToSchema)]
pub struct RemovedGroupView {
    /// Its id.
    id: Uuid,
}

/// Removes a group, and from those in it what it gave. A directory that still has it brings it anew, giving nothing.
#[utoipa::path(tag = "groups", params(("org" = String, Path), GroupPath), responses((status = 200, body = RemovedGroupView)))]
#[delete("/v1/orgs/{org}/groups/{group}")]
pub async fn remove(app: Data<App>, tenant: Tenant, path: Path<GroupPath>) -> Result<HttpResponse, Problem> {
    let changed = app.change(tenant.request(), |planning| groups::remove(planning, path.group)).await?;
    Ok(revoked(&changed, None, RemovedGroupView { id: path.group.uuid() }))
}
