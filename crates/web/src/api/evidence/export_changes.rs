use actix_web::HttpResponse;
use actix_web::post;
use actix_web::web::Data;
use app::App;

use super::export::ExportBody;
use super::taken::{Shape, send};
use crate::Problem;
use crate::api::{Body, Tenant};

/// Takes away the changes that a query finds up to now, newest first, as a file of the same shapes as the decisions. In
/// comma-separated values what was and what is stand as JSON. That it was taken is in the evidence. For whoever may see
/// changes.
#[utoipa::path(tag = "evidence", params(("org" = String, Path)), request_body = ExportBody, responses((status = 200, content_type = "text/csv", body = String)))]
#[post("/v1/orgs/{org}/audit/export")]
pub async fn export_changes(
    app: Data<App>,
    tenant: Tenant,
    body: Body<ExportBody>,
) -> Result<HttpResponse, Problem> {
    let (query, shape) = Shape::asked(&body.value.q, &body.value.format)?;
    let taken = app.take_changes(tenant.request(), &query, shape.name()).await?;
    Ok(send(taken, shape))
}
