use actix_web::get;
use actix_web::web::{Data, Json};
use app::App;

use super::saved_view::SavedQueryView;
use crate::Problem;
use crate::api::{Listed, Tenant};

/// Lists the queries that the caller keeps, and those of the organization.
#[utoipa::path(tag = "evidence", params(("org" = String, Path)), responses((status = 200, body = Listed<SavedQueryView>)))]
#[get("/v1/orgs/{org}/saved-queries")]
pub async fn list(app: Data<App>, tenant: Tenant) -> Result<Json<Listed<SavedQueryView>>, Problem> {
    let reading = app.read(tenant.caller, tenant.organization).await?;
    let items = app.saved_queries(&reading, tenant.organization).await?;
    Ok(Json(Listed { items: items.into_iter().map(Into::into).collect(), next: None }))
}
