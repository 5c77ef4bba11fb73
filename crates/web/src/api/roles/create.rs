use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::post;
use actix_web::web::Data;
use app::{App, roles};
use serde::Deserialize;
use utoipa::ToSchema;

use super::RoleView;
use crate::Problem;
use crate::api::idempotency::once;
use crate::api::presented::read;
use crate::api::written::written;
use crate::api::{Body, Tenant};

/// A role to be created.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRoleBody {
    /// What it is called; no two roles alike.
    name: String,
    /// What it is for.
    #[serde(default)]
    purpose: String,
}

/// Creates a role. Without grants it gives nothing.
#[utoipa::path(tag = "roles", params(("org" = String, Path)), request_body = NewRoleBody, responses((status = 201, body = RoleView)))]
#[post("/v1/orgs/{org}/roles")]
pub async fn create(
    app: Data<App>,
    tenant: Tenant,
    body: Body<NewRoleBody>,
) -> Result<HttpResponse, Problem> {
    once(&app, &tenant, body.digest, async {
        let NewRoleBody { name, purpose } = body.value;
        let new = roles::NewRole { name: read("name", &name)?, purpose };
        let changed = app.change(tenant.request(), |planning| roles::create(planning, new)).await?;
        let view = RoleView::from(&changed.value);
        Ok(written(StatusCode::CREATED, &changed, Some(changed.value.clone().into()), view))
    })
    .await
}
