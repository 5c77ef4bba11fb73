use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::post;
use actix_web::web::Data;
use app::{App, connections};
use serde::Deserialize;
use utoipa::ToSchema;

use super::ConnectionView;
use super::terms::TermsBody;
use crate::Problem;
use crate::api::idempotency::once;
use crate::api::presented::read;
use crate::api::written::written;
use crate::api::{Body, Tenant};

/// A way in to be set up.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewConnectionBody {
    /// What it is called.
    name: String,
    /// What everybody who comes in by it depends on.
    terms: TermsBody,
}

/// Sets up a way in through an identity provider, as a draft: nobody comes in by it before a test has passed.
#[utoipa::path(tag = "connections", params(("org" = String, Path)), request_body = NewConnectionBody, responses((status = 201, body = ConnectionView)))]
#[post("/v1/orgs/{org}/connections")]
pub async fn create(
    app: Data<App>,
    tenant: Tenant,
    body: Body<NewConnectionBody>,
) -> Result<HttpResponse, Problem> {
    tenant.fresh()?;
    once(&app, &tenant, body.digest, async {
        let NewConnectionBody { name, terms } = body.value;
        let new = connections::NewConnection { name: read("name", &name)?, terms: terms.checked(&app)? };
        let changed = app.change(tenant.request(), |planning| connections::create(planning, new)).await?;
        let view = ConnectionView::of(&app, &changed.value);
        Ok(written(StatusCode::CREATED, &changed, Some(changed.value.clone().into()), view))
    })
    .await
}
