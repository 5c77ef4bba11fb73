use actix_web::get;
use actix_web::web::{Data, Json};
use app::App;
use decision::{Action, On};

use super::DirectoryView;
use crate::Problem;
use crate::api::Tenant;
use crate::gateways::GatewayState;

/// Shows how the organization's directory is connected: the address, its keys, when it last came, what was refused.
#[utoipa::path(tag = "directory", params(("org" = String, Path)), responses((status = 200, body = DirectoryView)))]
#[get("/v1/orgs/{org}/directory")]
pub async fn get(
    app: Data<App>,
    gateways: Data<GatewayState>,
    tenant: Tenant,
) -> Result<Json<DirectoryView>, Problem> {
    let reading = app.read(tenant.caller, tenant.organization).await?;
    reading.check(Action::DirectoryRead, On::Organization)?;
    let standing = app.directory_standing(tenant.organization).await?;
    let url = &gateways.public_url;
    Ok(Json(DirectoryView::of(&reading.facts, tenant.organization, url, standing, reading.now)))
}
