use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::post;
use actix_web::web::{Data, Path};
use app::App;

use super::{ConnectionPath, ConnectionView};
use crate::Problem;
use crate::api::reason::ReasonBody;
use crate::api::written::written;
use crate::api::{Body, Tenant};

/// Honours no sign-in but this one and break-glass from now on. It takes a test that has passed, and an owner or
/// administrator with a break-glass account; `…/locked-out` shows beforehand who could not sign in any more.
#[utoipa::path(tag = "connections", params(("org" = String, Path), ConnectionPath), request_body = ReasonBody, responses((status = 200, body = ConnectionView)))]
#[post("/v1/orgs/{org}/connections/{connection}/enforce")]
pub async fn enforce(
    app: Data<App>,
    tenant: Tenant,
    path: Path<ConnectionPath>,
    body: Body<ReasonBody>,
) -> Result<HttpResponse, Problem> {
    tenant.fresh()?;
    let changed = app.enforce_connection(tenant.request(), path.connection, &body.value.reason).await?;
    let view = ConnectionView::of(&app, &changed.value);
    Ok(written(StatusCode::OK, &changed, Some(changed.value.clone().into()), view))
}
