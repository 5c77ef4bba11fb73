use actix_web::HttpResponse;
use actix_web::get;
use actix_web::web::{Data, Path};
use app::{App, Error};
use decision::{Action, On};
use model::{Domain, FactKind};

use super::{DomainPath, DomainView};
use crate::Problem;
use crate::api::Tenant;
use crate::api::written::found;

/// Shows a domain, and what its name servers have to say.
#[utoipa::path(tag = "domains", params(("org" = String, Path), DomainPath), responses((status = 200, body = DomainView)))]
#[get("/v1/orgs/{org}/domains/{domain}")]
pub async fn get(app: Data<App>, tenant: Tenant, path: Path<DomainPath>) -> Result<HttpResponse, Problem> {
    let reading = app.read(tenant.caller, tenant.organization).await?;
    reading.check(Action::DomainRead, On::Domain(path.domain))?;
    let domain = reading.facts.domain(path.domain).ok_or(Error::NotFound(FactKind::Domain))?;
    Ok(found(Domain::clone(domain), DomainView::of(domain)))
}
