use actix_web::HttpResponse;
use actix_web::patch;
use actix_web::web::{Data, Path};
use app::{App, gateways};
use serde::Deserialize;
use utoipa::ToSchema;

use super::shown::shown;
use super::{GatewayPath, GatewayView};
use crate::Problem;
use crate::api::presented::read;
use crate::api::written::revoked;
use crate::api::{Body, Tenant};

/// What is to be otherwise. Left out: as it is.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GatewayPatchBody {
    /// What it is called.
    name: Option<String>,
    /// Whether its word counts for who the subject is.
    may_assert_subjects: Option<bool>,
    /// Whether a call whose tool it does not show is decided for the server as a whole.
    allows_unseen_tools: Option<bool>,
}

/// Renames a gateway and sets what is believed of it.
#[utoipa::path(tag = "gateways", params(("org" = String, Path), GatewayPath), request_body = GatewayPatchBody, responses((status = 200, body = GatewayView)))]
#[patch("/v1/orgs/{org}/gateways/{gateway}")]
pub async fn update(
    app: Data<App>,
    tenant: Tenant,
    path: Path<GatewayPath>,
    body: Body<GatewayPatchBody>,
) -> Result<HttpResponse, Problem> {
    let GatewayPatchBody { name, may_assert_subjects, allows_unseen_tools } = body.value;
    let name = name.as_deref().map(|name| read("name", name)).transpose()?;
    let wanted = gateways::GatewayPatch { name, may_assert_subjects, allows_unseen_tools };
    let changed = app.change(tenant.request(), |p| gateways::update(p, path.gateway, wanted)).await?;
    let view = shown(&app, &tenant, &changed.value).await?;
    Ok(revoked(&changed, Some(changed.value.clone().into()), view))
}
