use actix_web::HttpResponse;
use actix_web::delete;
use actix_web::web::{Data, Path};
use app::App;
use serde::Serialize;
use utoipa::ToSchema;

use crate::Problem;
use crate::api::Tenant;
use crate::api::members::MemberPath;
use crate::api::written::revoked;

/// They come in past the provider no longer.
#[derive(Debug, Serialize, ToSchema)]
pub struct TakenBack {}

/// Takes a break-glass account back, and ends the sessions that it opened. Refused while the provider is demanded and
/// no other owner or administrator has one.
#[utoipa::path(tag = "break_glass", params(("org" = String, Path), MemberPath), responses((status = 200, body = TakenBack)))]
#[delete("/v1/orgs/{org}/break-glass/{user}")]
pub async fn remove(app: Data<App>, tenant: Tenant, path: Path<MemberPath>) -> Result<HttpResponse, Problem> {
    tenant.fresh()?;
    let changed = app.remove_break_glass(tenant.request(), path.user).await?;
    Ok(revoked(&changed, None, TakenBack {}))
}
