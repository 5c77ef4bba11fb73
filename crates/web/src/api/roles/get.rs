use actix_web::HttpResponse;
use actix_web::get;
use actix_web::web::{Data, Path};
use app::{App, Error};
use decision::{Action, On};
use model::{FactKind, Role};
use serde::Serialize;
use utoipa::ToSchema;

use super::{GrantView, RolePath, RoleView};
use crate::Problem;
use crate::api::Tenant;
use crate::api::written::found;

/// A role with all it gives.
#[derive(Debug, Serialize, ToSchema)]
pub struct RoleWithGrants {
    #[serde(flatten)]
    role: RoleView,
    /// Its grants.
    grants: Vec<GrantView>,
}

/// Shows a role with its grants.
#[utoipa::path(tag = "roles", params(("org" = String, Path), RolePath), responses((status = 200, body = RoleWithGrants)))]
#[get("/v1/orgs/{org}/roles/{role}")]
pub async fn get(app: Data<App>, tenant: Tenant, path: Path<RolePath>) -> Result<HttpResponse, Problem> {
    let reading = app.read(tenant.caller, tenant.organization).await?;
    reading.check(Action::RoleRead, On::Role(path.role))?;
    let role = reading.facts.role(path.role).ok_or(Error::NotFound(FactKind::Role))?;
    let grants = reading.facts.grants_of(role.id).map(|grant| GrantView::of(&reading.facts, grant));
    let view = RoleWithGrants { role: RoleView::from(role.as_ref()), grants: grants.collect() };
    Ok(found(Role::clone(role), view))
}
