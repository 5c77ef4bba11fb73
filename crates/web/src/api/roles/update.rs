use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::patch;
use actix_web::web::{Data, Path};
use app::{App, roles};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{RolePath, RoleView};
use crate::Problem;
use crate::api::presented::read;
use crate::api::written::written;
use crate::api::{Body, Tenant};

/// What is to be otherwise. Left out: as it is.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RolePatchBody {
    /// What it is called.
    name: Option<String>,
    /// What it is for.
    purpose: Option<String>,
}

/// Renames a role and says what it is for.
#[utoipa::path(tag = "roles", params(("org" = String, Path), RolePath), request_body = RolePatchBody, responses((status = 200, body = RoleView)))]
#[patch("/v1/orgs/{org}/roles/{role}")]
pub async fn update(
    app: Data<App>,
    tenant: Tenant,
    path: Path<RolePath>,
    body: Body<RolePatchBody>,
) -> Result<HttpResponse, Problem> {
    let RolePatchBody { name, purpose } = body.value;
    let name = name.as_deref().map(|name| read("name", name)).transpose()?;
    let wanted = roles::RolePatch { name, purpose };
    let changed = app.change(tenant.request(), |p| roles::update(p, path.role, wanted)).await?;
    Ok(written(StatusCode::OK, &changed, Some(changed.value.clone().into()), RoleView::from(&changed.value)))
}
