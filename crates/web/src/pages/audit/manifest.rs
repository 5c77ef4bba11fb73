//! `/o/{org}/audit/{decision}/manifest`: what a file came to, as a file beside it.

use actix_web::web::{Data, Path};
use actix_web::{Error, HttpResponse, get};
use app::App;

use super::record::RecordPath;
use crate::Problem;
use crate::session::Visit;

/// Sends what the file came to that was taken under a decision.
#[get("/o/{org}/audit/{decision}/manifest")]
pub(super) async fn manifest(
    app: Data<App>,
    visit: Visit,
    path: Path<RecordPath>,
) -> Result<HttpResponse, Error> {
    let reading = app.read(visit.caller, visit.organization).await.map_err(Problem::from)?;
    let found = app.export_manifest(&reading, visit.organization, path.decision).await;
    let manifest = found.map_err(Problem::from)?.ok_or_else(Problem::not_found)?;
    let name = format!("attachment; filename=\"manifest-{}.json\"", path.decision);
    Ok(HttpResponse::Ok()
        .content_type("application/json")
        .insert_header(("content-disposition", name))
        .insert_header(("cache-control", "no-store"))
        .insert_header(("x-content-type-options", "nosniff"))
        .body(format!("{manifest:#}\n")))
}
