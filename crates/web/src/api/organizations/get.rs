use actix_web::HttpResponse;
use actix_web::get;
use actix_web::web::Data;
use app::{App, Error};
use decision::{Action, On};
use model::{FactKind, Organization};

use super::OrganizationView;
use crate::Problem;
use crate::api::Tenant;
use crate::api::written::found;

/// Shows an organization.
#[utoipa::path(tag = "organizations", params(("org" = String, Path)), responses((status = 200, body = OrganizationView)))]
#[get("/v1/orgs/{org}")]
pub async fn get(app: Data<App>, tenant: Tenant) -> Result<HttpResponse, Problem> {
    let reading = app.read(tenant.caller, tenant.organization).await?;
    reading.check(Action::OrganizationRead, On::Organization)?;
    let organization = reading.facts.organization().ok_or(Error::NotFound(FactKind::Organization))?;
    Ok(found(Organization::clone(organization), OrganizationView::from(organization.as_ref())))
}
