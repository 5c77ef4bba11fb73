use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::post;
use actix_web::web::{Data, Path};
use app::{App, members};

use super::{MemberPath, MemberView};
use crate::Problem;
use crate::api::Tenant;
use crate::api::written::written;

/// Brings a person back. Their agents stay latched until taken over; revoked keys stay revoked.
#[utoipa::path(tag = "members", params(("org" = String, Path), MemberPath), responses((status = 200, body = MemberView)))]
#[post("/v1/orgs/{org}/members/{user}/resume")]
pub async fn resume(app: Data<App>, tenant: Tenant, path: Path<MemberPath>) -> Result<HttpResponse, Problem> {
    let changed = app.change(tenant.request(), |p| members::resume(p, path.user)).await?;
    let reading = app.read(tenant.caller, tenant.organization).await?;
    let view = MemberView::of(&reading, &changed.value);
    Ok(written(StatusCode::OK, &changed, Some(changed.value.clone().into()), view))
}
