use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::patch;
use actix_web::web::Data;
use app::{App, organizations};
use serde::Deserialize;
use utoipa::ToSchema;

use super::OrganizationView;
use crate::Problem;
use crate::api::presented::read;
use crate::api::written::written;
use crate::api::{Body, Tenant};

/// What is to be otherwise. Left out: as it is.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OrganizationPatch {
    /// What it is called.
    name: Option<String>,
}

/// Renames an organization. Its slug stays.
#[utoipa::path(tag = "organizations", params(("org" = String, Path)), request_body = OrganizationPatch, responses((status = 200, body = OrganizationView)))]
#[patch("/v1/orgs/{org}")]
pub async fn update(
    app: Data<App>,
    tenant: Tenant,
    body: Body<OrganizationPatch>,
) -> Result<HttpResponse, Problem> {
    let name = body.value.name.as_deref().map(|name| read("name", name)).transpose()?;
    let changed = app.change(tenant.request(), |p| organizations::update(p, name)).await?;
    let view = OrganizationView::from(&changed.value);
    Ok(written(StatusCode::OK, &changed, Some(changed.value.clone().into()), view))
}
