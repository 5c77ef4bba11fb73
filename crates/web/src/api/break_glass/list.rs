use actix_web::get;
use actix_web::web::{Data, Json};
use app::App;

use super::BreakGlassView;
use crate::Problem;
use crate::api::{Listed, Tenant};

/// Lists the break-glass accounts, the first named first. There are two at most.
#[utoipa::path(tag = "break_glass", params(("org" = String, Path)), responses((status = 200, body = Listed<BreakGlassView>)))]
#[get("/v1/orgs/{org}/break-glass")]
pub async fn list(app: Data<App>, tenant: Tenant) -> Result<Json<Listed<BreakGlassView>>, Problem> {
    let reading = app.read(tenant.caller, tenant.organization).await?;
    let named = app.break_glass(&reading, tenant.organization).await?;
    let items = named.into_iter().map(|named| BreakGlassView::of(&reading.facts, named)).collect();
    Ok(Json(Listed { items, next: None }))
}
