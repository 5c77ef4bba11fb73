use actix_web::get;
use actix_web::web::{Data, Json, Path, Query};
use app::{App, Error};
use decision::{Action, On};
use model::{FactKind, GrantId};

use super::{GrantView, RolePath};
use crate::Problem;
use crate::api::{Listed, PageQuery, Tenant};

/// Lists the grants of a role, oldest first.
#[utoipa::path(tag = "roles", params(("org" = String, Path), RolePath, PageQuery), responses((status = 200, body = Listed<GrantView>)))]
#[get("/v1/orgs/{org}/roles/{role}/grants")]
pub async fn list_grants(
    app: Data<App>,
    tenant: Tenant,
    path: Path<RolePath>,
    page: Query<PageQuery>,
) -> Result<Json<Listed<GrantView>>, Problem> {
    let reading = app.read(tenant.caller, tenant.organization).await?;
    reading.check(Action::RoleRead, On::Role(path.role))?;
    reading.facts.role(path.role).ok_or(Error::NotFound(FactKind::Role))?;
    let after: Option<GrantId> = page.after()?;
    let mut grants: Vec<_> =
        reading.facts.grants_of(path.role).filter(|grant| after.is_none_or(|id| grant.id > id)).collect();
    grants.sort_by_key(|grant| grant.id);
    let show = |grant: &std::sync::Arc<model::Grant>| GrantView::of(&reading.facts, grant);
    Ok(Json(page.cut(grants.into_iter(), |grant| grant.id.to_string(), show)?))
}
