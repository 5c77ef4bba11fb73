use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::post;
use actix_web::web::{Data, Path};
use app::App;

use super::{DomainPath, DomainView};
use crate::Problem;
use crate::api::Tenant;
use crate::api::written::written;

/// Looks for the proof of a domain. 409 `not_proven` where it is not there yet, 409 `taken` where another organization
/// has proven the domain.
#[utoipa::path(tag = "domains", params(("org" = String, Path), DomainPath), responses((status = 200, body = DomainView)))]
#[post("/v1/orgs/{org}/domains/{domain}/prove")]
pub async fn prove(app: Data<App>, tenant: Tenant, path: Path<DomainPath>) -> Result<HttpResponse, Problem> {
    tenant.fresh()?;
    let changed = app.prove_domain(tenant.request(), path.domain).await?;
    let view = DomainView::of(&changed.value);
    Ok(written(StatusCode::OK, &changed, Some(changed.value.clone().into()), view))
}
