use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::post;
use actix_web::web::{Data, Path};
use app::{App, connections};

use super::{ConnectionPath, ConnectionView};
use crate::Problem;
use crate::api::Tenant;
use crate::api::written::written;

/// Brings a closed way in back to a draft, which can be tested.
#[utoipa::path(tag = "connections", params(("org" = String, Path), ConnectionPath), responses((status = 200, body = ConnectionView)))]
#[post("/v1/orgs/{org}/connections/{connection}/reopen")]
pub async fn reopen(
    app: Data<App>,
    tenant: Tenant,
    path: Path<ConnectionPath>,
) -> Result<HttpResponse, Problem> {
    tenant.fresh()?;
    let changed = app.change(tenant.request(), |p| connections::reopen(p, path.connection)).await?;
    let view = ConnectionView::of(&app, &changed.value);
    Ok(written(StatusCode::OK, &changed, Some(changed.value.clone().into()), view))
}
