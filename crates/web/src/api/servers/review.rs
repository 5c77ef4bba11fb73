use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::post;
use actix_web::web::{Data, Path};
use app::{App, servers};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{ToolPath, ToolView};
use crate::Problem;
use crate::api::presented::read;
use crate::api::written::written;
use crate::api::{Body, Tenant};

/// What was looked at.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReviewBody {
    /// The digest of the definition that the person looked at, 64 hexadecimal digits.
    definition: String,
}

/// Accepts a tool's present definition, if it is still the one that was looked at: from now on it may be called.
#[utoipa::path(tag = "servers", params(("org" = String, Path), ToolPath), request_body = ReviewBody, responses((status = 200, body = ToolView)))]
#[post("/v1/orgs/{org}/servers/{server}/tools/{tool}/review")]
pub async fn review(
    app: Data<App>,
    tenant: Tenant,
    path: Path<ToolPath>,
    body: Body<ReviewBody>,
) -> Result<HttpResponse, Problem> {
    let looked_at = read("definition", &body.value.definition)?;
    let facts = app.read(tenant.caller, tenant.organization).await?.facts;
    let server = super::server(&facts, &path.server)?.id;
    let id = super::tool(&facts, server, &path.tool)?.id;
    let changed = app.change(tenant.request(), |p| servers::review(p, id, looked_at)).await?;
    Ok(written(StatusCode::OK, &changed, Some(changed.value.clone().into()), ToolView::from(&changed.value)))
}
