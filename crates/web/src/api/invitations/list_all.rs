use actix_web::get;
use actix_web::web::{Data, Json, Query};
use app::App;

use super::InvitationView;
use super::list::{Filter, listed};
use crate::Problem;
use crate::api::{Listed, Tenant};

/// Lists the invitations to all workspaces: administrators see all, others those of their own agents.
#[utoipa::path(tag = "invitations", params(("org" = String, Path), Filter), responses((status = 200, body = Listed<InvitationView>)))]
#[get("/v1/orgs/{org}/invitations")]
pub async fn list_all(
    app: Data<App>,
    tenant: Tenant,
    query: Query<Filter>,
) -> Result<Json<Listed<InvitationView>>, Problem> {
    let reading = app.read(tenant.caller, tenant.organization).await?;
    Ok(Json(listed(&app, &reading, None, &query)?))
}
