use actix_web::web::Data;
use actix_web::{HttpResponse, post};
use app::App;
use serde::Deserialize;
use utoipa::ToSchema;

use super::saved_view::SavedQueryView;
use crate::Problem;
use crate::api::idempotency::once;
use crate::api::{Body, Tenant};

/// A query to keep.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SaveBody {
    /// What it is to be called.
    name: String,
    /// The query, as the audit log takes it.
    q: String,
    /// Whether it is to be the organization's. For administrators.
    #[serde(default)]
    shared: bool,
}

/// Keeps a query of the audit log, for oneself or for everybody in the organization.
#[utoipa::path(tag = "evidence", params(("org" = String, Path)), request_body = SaveBody, responses((status = 201, body = SavedQueryView)))]
#[post("/v1/orgs/{org}/saved-queries")]
pub async fn create(app: Data<App>, tenant: Tenant, body: Body<SaveBody>) -> Result<HttpResponse, Problem> {
    once(&app, &tenant, body.digest, async {
        let reading = app.read(tenant.caller, tenant.organization).await?;
        let SaveBody { name, q, shared } = body.value;
        let saved = app.save_query(&reading, tenant.organization, &name, &q, shared).await?;
        Ok(HttpResponse::Created().json(SavedQueryView::from(saved)))
    })
    .await
}
