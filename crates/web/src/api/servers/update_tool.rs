use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::patch;
use actix_web::web::{Data, Path};
use app::{App, servers};
use model::Risk;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{ToolPath, ToolView};
use crate::Problem;
use crate::api::written::written;
use crate::api::{Body, Tenant};

/// What is to be otherwise. Left out: as it is.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ToolPatchBody {
    /// A title for people.
    title: Option<String>,
    /// What it can do to the world: `read`, `write` or `destructive`.
    #[schema(value_type = Option<String>)]
    risk: Option<Risk>,
}

/// Sets a tool's title and risk, which no import changes again.
#[utoipa::path(tag = "servers", params(("org" = String, Path), ToolPath), request_body = ToolPatchBody, responses((status = 200, body = ToolView)))]
#[patch("/v1/orgs/{org}/servers/{server}/tools/{tool}")]
pub async fn update_tool(
    app: Data<App>,
    tenant: Tenant,
    path: Path<ToolPath>,
    body: Body<ToolPatchBody>,
) -> Result<HttpResponse, Problem> {
    let facts = app.read(tenant.caller, tenant.organization).await?.facts;
    let server = super::server(&facts, &path.server)?.id;
    let id = super::tool(&facts, server, &path.tool)?.id;
    let wanted = servers::ToolPatch { title: body.value.title, risk: body.value.risk };
    let changed = app.change(tenant.request(), |p| servers::update_tool(p, id, wanted)).await?;
    Ok(written(StatusCode::OK, &changed, Some(changed.value.clone().into()), ToolView::from(&changed.value)))
}
