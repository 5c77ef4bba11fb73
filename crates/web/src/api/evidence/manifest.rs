use actix_web::get;
use actix_web::web::{Data, Json, Path};
use app::App;
use serde_json::Value;

use super::get_decision::DecisionPath;
use crate::Problem;
use crate::api::Tenant;

/// Shows what the file came to that was taken away under a decision `evidence.export`: the query, who took it and when,
/// how many rows, the newest and the oldest, and `sha256` of so many `bytes`. Of comma-separated values that is the file;
/// of lines of JSON all of it before its last line, which holds the same. Not found where the file was not sent to its
/// end.
#[utoipa::path(tag = "evidence", params(("org" = String, Path), DecisionPath), responses((status = 200, body = Object)))]
#[get("/v1/orgs/{org}/decisions/{decision}/manifest")]
pub async fn manifest(
    app: Data<App>,
    tenant: Tenant,
    path: Path<DecisionPath>,
) -> Result<Json<Value>, Problem> {
    let reading = app.read(tenant.caller, tenant.organization).await?;
    let found = app.export_manifest(&reading, tenant.organization, path.decision).await?;
    found.map(Json).ok_or_else(Problem::not_found)
}
