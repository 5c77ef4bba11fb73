use actix_web::get;
use actix_web::web::{Data, Json, Path};
use app::App;

use super::ConnectionPath;
use crate::Problem;
use crate::api::presented::Named;
use crate::api::{Listed, Tenant};

/// Lists the active members who could not sign in any more if this connection were enforced: those who never came in by
/// it and have no break-glass account.
#[utoipa::path(tag = "connections", params(("org" = String, Path), ConnectionPath), responses((status = 200, body = Listed<Named>)))]
#[get("/v1/orgs/{org}/connections/{connection}/locked-out")]
pub async fn locked_out(
    app: Data<App>,
    tenant: Tenant,
    path: Path<ConnectionPath>,
) -> Result<Json<Listed<Named>>, Problem> {
    let reading = app.read(tenant.caller, tenant.organization).await?;
    let users = app.locked_out(&reading, tenant.organization, path.connection).await?;
    let items = users.into_iter().map(|user| Named::user(&reading.facts, user)).collect();
    Ok(Json(Listed { items, next: None }))
}
