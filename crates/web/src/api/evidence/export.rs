use actix_web::HttpResponse;
use actix_web::post;
use actix_web::web::Data;
use app::App;
use app::evidence::Query;
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
    q: String,
    /// `csv` or `jsonl`.
    format: String,
}

/// Takes away what a query finds up to now, newest first, as a file: comma-separated values, or lines of JSON, which
/// begin with the manifest (`export`) and end with the number of rows (`end`); times are in UTC. That it was taken is in
/// the evidence, with the query and the range of rows in its note; `Link` names that record. Whoever has no general
/// right to see decisions takes their own and their agents'.
#[utoipa::path(tag = "evidence", params(("org" = String, Path)), request_body = ExportBody, responses((status = 200, content_type = "text/csv", body = String)))]
#[post("/v1/orgs/{org}/evidence/export")]
pub async fn export(app: Data<App>, tenant: Tenant, body: Body<ExportBody>) -> Result<HttpResponse, Problem> {
    let ExportBody { q, format } = body.value;
    let shape =
        Shape::of(&format).ok_or_else(|| Problem::invalid_field("format", "expected `csv` or `jsonl`"))?;
    let query = Query::parse(&q).map_err(|error| Problem::invalid_field("q", &error.to_string()))?;
    let taken = app.take(tenant.request(), &query, shape.name()).await?;
    let facts = app.read(tenant.caller, tenant.organization).await?.facts;
    let slug = facts.organization().map(|organization| organization.slug.to_string()).unwrap_or_default();
    Ok(send(taken, shape, &slug))
}
