use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::patch;
use actix_web::web::{Data, Path};
use app::{App, connections};
use serde::Deserialize;
use utoipa::ToSchema;

use super::terms::TermsBody;
use super::{ConnectionPath, ConnectionView};
use crate::Problem;
use crate::api::presented::read;
use crate::api::written::written;
use crate::api::{Body, Tenant};

/// What is to be otherwise. Left out: as it is.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConnectionPatchBody {
    /// What it is called.
    name: Option<String>,
    /// What everybody who comes in by it depends on, as a whole.
    terms: Option<TermsBody>,
}

/// Changes a way in. Where people come in by it, other terms wait for a second person, as `proposal`.
#[utoipa::path(tag = "connections", params(("org" = String, Path), ConnectionPath), request_body = ConnectionPatchBody, responses((status = 200, body = ConnectionView)))]
#[patch("/v1/orgs/{org}/connections/{connection}")]
pub async fn update(
    app: Data<App>,
    tenant: Tenant,
    path: Path<ConnectionPath>,
    body: Body<ConnectionPatchBody>,
) -> Result<HttpResponse, Problem> {
    tenant.fresh()?;
    let ConnectionPatchBody { name, terms } = body.value;
    let name = name.as_deref().map(|name| read("name", name)).transpose()?;
    let terms = terms.map(|terms| terms.checked(&app)).transpose()?;
    let wanted = connections::ConnectionPatch { name, terms, secret: None };
    let changed = app.change(tenant.request(), |p| connections::update(p, path.connection, wanted)).await?;
    let connection = &changed.value.connection;
    let view = ConnectionView::of(&app, connection);
    Ok(written(StatusCode::OK, &changed, Some(connection.clone().into()), view))
}
