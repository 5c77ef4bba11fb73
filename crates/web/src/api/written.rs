use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use app::{App, Changed, Receipt, version_of};
use model::{Fact, OrganizationId, Snapshot};
use serde::Serialize;

use crate::Problem;

/// The answer to a write: the thing as it is now, and the revision that shows it.
#[derive(Debug, Serialize)]
struct Written<V> {
    #[serde(flatten)]
    view: V,
    revision: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    receipt: Option<Receipt>,
}

/// The facts after a write, for presenting what came of it.
pub(crate) fn facts_after(app: &App, organization: OrganizationId) -> Result<Arc<Snapshot>, Problem> {
    app.engine.replica().held(organization).ok_or_else(Problem::internal)
}

/// Answers a write with the thing as it is now. `fact` gives its version as an `ETag`.
pub(crate) fn written<T, V: Serialize>(
    status: StatusCode,
    changed: &Changed<T>,
    fact: Option<Fact>,
    view: V,
) -> HttpResponse {
    respond(status, changed.revision.0, None, fact, view)
}

/// Answers a write that took something away, with the receipt for it.
pub(crate) fn revoked<T, V: Serialize>(changed: &Changed<T>, fact: Option<Fact>, view: V) -> HttpResponse {
    respond(StatusCode::OK, changed.revision.0, Some(changed.receipt.clone()), fact, view)
}

/// Answers with one thing and its version.
pub(crate) fn found<V: Serialize>(fact: impl Into<Fact>, view: V) -> HttpResponse {
    HttpResponse::Ok().insert_header(("ETag", etag(&fact.into()))).json(view)
}

fn respond<V: Serialize>(
    status: StatusCode,
    revision: u64,
    receipt: Option<Receipt>,
    fact: Option<Fact>,
    view: V,
) -> HttpResponse {
    let mut response = HttpResponse::build(status);
    if let Some(fact) = fact {
        response.insert_header(("ETag", etag(&fact)));
    }
    response.json(Written { view, revision, receipt })
}

fn etag(fact: &Fact) -> String {
    format!("\"{}\"", version_of(fact))
}
