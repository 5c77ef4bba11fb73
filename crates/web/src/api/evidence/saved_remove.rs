use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, delete};
use app::App;
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use crate::Problem;
use crate::api::Tenant;

/// The path of one saved query.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct SavedPath {
    /// Its id.
    saved: Uuid,
}

/// Lets go of a query: one's own, or, as an administrator, the organization's.
#[utoipa::path(tag = "evidence", params(("org" = String, Path), SavedPath), responses((status = 204)))]
#[delete("/v1/orgs/{org}/saved-queries/{saved}")]
pub async fn remove(app: Data<App>, tenant: Tenant, path: Path<SavedPath>) -> Result<HttpResponse, Problem> {
    let reading = app.read(tenant.caller, tenant.organization).await?;
    let removed = app.remove_saved_query(&reading, tenant.organization, path.saved).await?;
    removed.map(|_| HttpResponse::NoContent().finish()).ok_or_else(Problem::not_found)
}
