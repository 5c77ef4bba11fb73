use actix_web::HttpResponse;
use actix_web::post;
use actix_web::web::Data;
use app::App;
use serde::Deserialize;
use utoipa::ToSchema;

use super::taken::{Shape, send};
use crate::Problem;
use crate::api::{Body, Tenant};

/// What is to be taken away.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExportBody {
    /// The query, as the audit log takes it. Left out: everything that the caller may see.
    #[serde(default)]
    pub(super) q: String,
    /// `csv` or `jsonl`.
    pub(super) format: String,
}

/// Takes away what a query finds up to now, newest first, as a file: comma-separated values, or lines of JSON, which
/// begin with the manifest (`export`) and end with it once more (`end`), with what the file came to: `sha256` of all
/// before that line, and so many `bytes`. Times are in UTC. That it was taken is in the evidence, with the query and the
/// range of rows in its note; `Link` names that record, and the manifest for either shape. Whoever has no general right
/// to see decisions takes their own and their agents'.
#[utoipa::path(tag = "evidence", params(("org" = String, Path)), request_body = ExportBody, responses((status = 200, content_type = "text/csv", body = String)))]
#[post("/v1/orgs/{org}/evidence/export")]
pub async fn export(app: Data<App>, tenant: Tenant, body: Body<ExportBody>) -> Result<HttpResponse, Problem> {
    let (query, shape) = Shape::asked(&body.value.q, &body.value.format)?;
    Ok(send(app.take(tenant.request(), &query, shape.name()).await?, shape))
}
