use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::post;
use actix_web::web::{Data, Path};
use app::{App, connections};

use super::{ConnectionPath, ConnectionView};
use crate::Problem;
use crate::api::Tenant;
use crate::api::written::written;

/// Accepts the terms that another person proposed.
#[utoipa::path(tag = "connections", params(("org" = String, Path), ConnectionPath), responses((status = 200, body = ConnectionView)))]
#[post("/v1/orgs/{org}/connections/{connection}/accept")]
pub async fn accept(
    app: Data<App>,
    tenant: Tenant,
    path: Path<ConnectionPath>,
) -> Result<HttpResponse, Problem> {
    tenant.fresh()?;
    let changed = app.change(tenant.request(), |p| connections::accept(p, path.connection)).await?;
    let view = ConnectionView::of(&app, &changed.value);
    Ok(written(StatusCode::OK, &changed, Some(changed.value.clone().into()), view))
}

/// Declines the terms that are proposed; whoever proposed them may too.
#[utoipa::path(tag = "connections", params(("org" = String, Path), ConnectionPath), responses((status = 200, body = ConnectionView)))]
#[post("/v1/orgs/{org}/connections/{connection}/decline")]
pub async fn decline(
    app: Data<App>,
    tenant: Tenant,
    path: Path<ConnectionPath>,
) -> Result<HttpResponse, Problem> {
    tenant.fresh()?;
    let changed = app.change(tenant.request(), |p| connections::decline(p, path.connection)).await?;
    let view = ConnectionView::of(&app, &changed.value);
    Ok(written(StatusCode::OK, &changed, Some(changed.value.clone().into()), view))
}
