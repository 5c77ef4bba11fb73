use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::post;
use actix_web::web::{Data, Path};
use app::{App, connections};

use super::{ConnectionPath, ConnectionView};
use crate::Problem;
use crate::api::reason::ReasonBody;
use crate::api::written::written;
use crate::api::{Body, Tenant};

/// Honours other sign-ins again beside this one.
#[utoipa::path(tag = "connections", params(("org" = String, Path), ConnectionPath), request_body = ReasonBody, responses((status = 200, body = ConnectionView)))]
#[post("/v1/orgs/{org}/connections/{connection}/relax")]
pub async fn relax(
    app: Data<App>,
    tenant: Tenant,
    path: Path<ConnectionPath>,
    body: Body<ReasonBody>,
) -> Result<HttpResponse, Problem> {
    tenant.fresh()?;
    let reason = &body.value.reason;
    let changed = app.change(tenant.request(), |p| connections::relax(p, path.connection, reason)).await?;
    let view = ConnectionView::of(&app, &changed.value);
    Ok(written(StatusCode::OK, &changed, Some(changed.value.clone().into()), view))
}
