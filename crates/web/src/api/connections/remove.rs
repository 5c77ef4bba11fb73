use actix_web::HttpResponse;
use actix_web::delete;
use actix_web::web::{Data, Path};
use app::App;
use serde::Serialize;
use utoipa::ToSchema;

use super::ConnectionPath;
use crate::Problem;
use crate::api::Tenant;
use crate::api::written::revoked;

/// Nothing is left of it but its history.
#[derive(Debug, Serialize, ToSchema)]
pub struct Forgotten {}

/// Forgets a way in that is disabled or a draft, its secret, and who came in by it.
#[utoipa::path(tag = "connections", params(("org" = String, Path), ConnectionPath), responses((status = 200, body = Forgotten)))]
#[delete("/v1/orgs/{org}/connections/{connection}")]
pub async fn remove(
    app: Data<App>,
    tenant: Tenant,
    path: Path<ConnectionPath>,
) -> Result<HttpResponse, Problem> {
    tenant.fresh()?;
    let changed = app.remove_connection(tenant.request(), path.connection).await?;
    Ok(revoked(&changed, None, Forgotten {}))
}
