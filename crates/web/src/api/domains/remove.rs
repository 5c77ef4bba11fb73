use actix_web::HttpResponse;
use actix_web::delete;
use actix_web::web::{Data, Path};
use app::{App, domains};
use serde::Serialize;
use utoipa::ToSchema;

use super::DomainPath;
use crate::Problem;
use crate::api::Tenant;
use crate::api::written::revoked;

/// Nothing is left of it but its history.
#[derive(Debug, Serialize, ToSchema)]
pub struct GivenUp {}

/// Gives a domain up: it leads nobody here any more, and another organization may prove it.
#[utoipa::path(tag = "domains", params(("org" = String, Path), DomainPath), responses((status = 200, body = GivenUp)))]
#[delete("/v1/orgs/{org}/domains/{domain}")]
pub async fn remove(app: Data<App>, tenant: Tenant, path: Path<DomainPath>) -> Result<HttpResponse, Problem> {
    tenant.fresh()?;
    let changed = app.change(tenant.request(), |planning| domains::remove(planning, path.domain)).await?;
    Ok(revoked(&changed, None, GivenUp {}))
}
