use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::post;
use actix_web::web::Data;
use app::{App, domains};
use serde::Deserialize;
use utoipa::ToSchema;

use super::DomainView;
use crate::Problem;
use crate::api::idempotency::once;
use crate::api::presented::read;
use crate::api::written::written;
use crate::api::{Body, Tenant};

/// A domain to be claimed.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewDomainBody {
    /// Its name.
    name: String,
}

/// Claims a domain. Within seven days its name servers have to say what `record_name` and `record_value` tell. A claim
/// that was not proven, or is stale, is taken up again.
#[utoipa::path(tag = "domains", params(("org" = String, Path)), request_body = NewDomainBody, responses((status = 201, body = DomainView)))]
#[post("/v1/orgs/{org}/domains")]
pub async fn add(app: Data<App>, tenant: Tenant, body: Body<NewDomainBody>) -> Result<HttpResponse, Problem> {
    tenant.fresh()?;
    once(&app, &tenant, body.digest, async {
        let name = read("name", &body.value.name)?;
        let changed = app.change(tenant.request(), |planning| domains::add(planning, name)).await?;
        let view = DomainView::of(&changed.value);
        Ok(written(StatusCode::CREATED, &changed, Some(changed.value.clone().into()), view))
    })
    .await
}
