use actix_web::get;
use actix_web::web::{Data, Json, Query};
use app::App;
use decision::{Action, On};

use super::RoleView;
use crate::Problem;
use crate::api::{Listed, PageQuery, Tenant};

/// Lists the roles, oldest first.
#[utoipa::path(tag = "roles", params(("org" = String, Path), PageQuery), responses((status = 200, body = Listed<RoleView>)))]
#[get("/v1/orgs/{org}/roles")]
pub async fn list(
    app: Data<App>,
    tenant: Tenant,
    page: Query<PageQuery>,
) -> Result<Json<Listed<RoleView>>, Problem> {
    let reading = app.read(tenant.caller, tenant.organization).await?;
    let roles = reading.facts.list_roles(page.after()?);
    let roles = roles.filter(|role| reading.may(Action::RoleRead, On::Role(role.id)));
    Ok(Json(page.cut(roles, |role| role.id.to_string(), |role| RoleView::from(role.as_ref()))?))
}
