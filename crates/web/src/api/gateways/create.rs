use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::post;
use actix_web::web::Data;
use app::{App, gateways};
use serde::Deserialize;
use utoipa::ToSchema;

use super::GatewayView;
use super::shown::shown;
use crate::Problem;
use crate::api::idempotency::once;
use crate::api::presented::read;
use crate::api::written::written;
use crate::api::{Body, Tenant};

/// A gateway to be registered.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewGatewayBody {
    /// What it is called.
    name: String,
    /// Whether its word counts for who the subject is. Left out: a credential must prove it.
    #[serde(default)]
    may_assert_subjects: bool,
    /// Whether a call whose tool it does not show is decided for the server as a whole. Left out: it is denied.
    #[serde(default)]
    allows_unseen_tools: bool,
}

/// Registers a gateway. It may ask once it has a key.
#[utoipa::path(tag = "gateways", params(("org" = String, Path)), request_body = NewGatewayBody, responses((status = 201, body = GatewayView)))]
#[post("/v1/orgs/{org}/gateways")]
pub async fn create(
    app: Data<App>,
    tenant: Tenant,
    body: Body<NewGatewayBody>,
) -> Result<HttpResponse, Problem> {
    tenant.fresh()?;
    once(&app, &tenant, body.digest, async {
        let NewGatewayBody { name, may_assert_subjects, allows_unseen_tools } = body.value;
        let name = read("name", &name)?;
        let new = gateways::NewGateway { name, may_assert_subjects, allows_unseen_tools };
        let changed = app.change(tenant.request(), |planning| gateways::create(planning, new)).await?;
        let view = shown(&app, &tenant, &changed.value).await?;
        Ok(written(StatusCode::CREATED, &changed, Some(changed.value.clone().into()), view))
    })
    .await
}
