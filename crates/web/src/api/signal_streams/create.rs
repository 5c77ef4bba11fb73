use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::post;
use actix_web::web::Data;
use app::App;
use app::signals::streams;
use serde::Deserialize;
use utoipa::ToSchema;

use super::SignalStreamView;
use crate::Problem;
use crate::api::idempotency::once;
use crate::api::presented::read;
use crate::api::written::{facts_after, written};
use crate::api::{Body, Tenant};
use crate::gateways::GatewayState;

/// A transmitter to be believed.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSignalStreamBody {
    /// What it is called.
    name: String,
    /// Who sends, exactly as its tokens say.
    issuer: String,
    /// What its tokens are addressed to.
    audience: String,
    /// Where its keys are.
    jwks_url: String,
}

/// Believes a transmitter of signals. By a person in a signed-in session alone.
#[utoipa::path(tag = "signal_streams", params(("org" = String, Path)), request_body = NewSignalStreamBody, responses((status = 201, body = SignalStreamView)))]
#[post("/v1/orgs/{org}/signal-streams")]
pub async fn create(
    app: Data<App>,
    gateways: Data<GatewayState>,
    tenant: Tenant,
    body: Body<NewSignalStreamBody>,
) -> Result<HttpResponse, Problem> {
    once(&app, &tenant, body.digest, async {
        let NewSignalStreamBody { name, issuer, audience, jwks_url } = body.value;
        let new = streams::NewStream { name: read("name", &name)?, issuer, audience, jwks_url };
        let changed = app.change(tenant.request(), |planning| streams::create(planning, new)).await?;
        let facts = facts_after(&app, tenant.organization)?;
        let view = SignalStreamView::of(&facts, &gateways.public_url, &changed.value);
        Ok(written(StatusCode::CREATED, &changed, Some(changed.value.clone().into()), view))
    })
    .await
}
