use actix_web::HttpResponse;
use actix_web::post;
use actix_web::web::{Data, Path};
use app::App;
use app::servers::Import;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{ImportedView, ServerPath};
use crate::Problem;
use crate::api::written::revoked;
use crate::api::{Body, Tenant};

/// How to import. Not shown in logs: it may hold a credential.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ImportBody {
    /// A bearer token for that server, where it wants one. Used once, kept nowhere.
    credential: Option<String>,
    /// Whether everything counts as reviewed by being imported. Only at the first import.
    accept: bool,
}

/// Asks the live MCP server for its tools and takes in what is new, changed or gone. What a person has not looked at
/// is denied. A new tool counts as destructive until a person says otherwise.
#[utoipa::path(tag = "servers", params(("org" = String, Path), ServerPath), request_body = ImportBody, responses((status = 200, body = ImportedView)))]
#[post("/v1/orgs/{org}/servers/{server}/tools/import")]
pub async fn import(
    app: Data<App>,
    tenant: Tenant,
    path: Path<ServerPath>,
    body: Body<ImportBody>,
) -> Result<HttpResponse, Problem> {
    let ImportBody { credential, accept } = body.value;
    let facts = app.read(tenant.caller, tenant.organization).await?.facts;
    let server = super::server(&facts, &path.server)?.id;
    let changed = app.import_tools(tenant.request(), server, Import { credential, accept }).await?;
    let view = ImportedView::from(&changed.value);
    Ok(revoked(&changed, None, view))
}
