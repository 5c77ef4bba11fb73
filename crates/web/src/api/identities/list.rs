use actix_web::get;
use actix_web::web::{Data, Json, Path};
use app::App;

use super::IdentityView;
use crate::Problem;
use crate::api::members::MemberPath;
use crate::api::{Listed, Tenant};

/// Lists the accounts of other organizations' providers by which a person comes in, then those by which they ask to.
#[utoipa::path(operation_id = "list_identities", tag = "members", params(("org" = String, Path), MemberPath), responses((status = 200, body = Listed<IdentityView>)))]
#[get("/v1/orgs/{org}/members/{user}/identities")]
pub async fn list(
    app: Data<App>,
    tenant: Tenant,
    path: Path<MemberPath>,
) -> Result<Json<Listed<IdentityView>>, Problem> {
    let reading = app.read(tenant.caller, tenant.organization).await?;
    let all = app.outside_identities(&reading, tenant.organization, path.user).await?;
    let items = all.into_iter().map(|identity| IdentityView::of(&reading.facts, identity)).collect();
    Ok(Json(Listed { items, next: None }))
}
