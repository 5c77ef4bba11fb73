use actix_web::web::{Data, Query};
use actix_web::{HttpRequest, HttpResponse, get};
use app::App;
use app::evidence::{Query as Line, StoredDecision};
use model::Timestamp;
use serde::Deserialize;
use utoipa::IntoParams;

use super::DecisionView;
use crate::Problem;
use crate::api::Tenant;
use crate::watching::{Closing, Credential, Event, Seats, Watcher, answer};

/// What is watched.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields, default)]
pub struct Asked {
    /// The query, as the audit log takes it.
    q: String,
}

/// A record as the API tells it.
struct AsJson;

impl Event for AsJson {
    fn record(&self, stored: StoredDecision) -> Option<String> {
        serde_json::to_string(&DecisionView::brief(stored)).ok()
    }
}

/// Tells each record that a query finds as it is written, as server-sent events; `Last-Event-ID` goes on from where one
/// was. An event `over` is the last: the caller may not see the log any more, or too many watch it. At most twenty watch
/// an organization's log on one node at once; after a quarter of an hour the events end, and the caller begins anew.
#[utoipa::path(tag = "evidence", params(("org" = String, Path), Asked), responses((status = 200, content_type = "text/event-stream", body = String)))]
#[get("/v1/orgs/{org}/evidence/tail")]
pub async fn tail(
    app: Data<App>,
    request: HttpRequest,
    tenant: Tenant,
    query: Query<Asked>,
    seats: Data<Seats>,
    closing: Data<Closing>,
) -> Result<HttpResponse, Problem> {
    let reading = app.read(tenant.caller, tenant.organization).await?;
    let query = Line::parse(&query.q).map_err(|error| Problem::invalid_field("q", &error.to_string()))?;
    app.search_of(&reading, &query)?;
    let credential = Credential::of(&request).ok_or_else(Problem::unauthorized)?;
    let since = since(&request, "").unwrap_or(reading.now);
    let app = App::clone(&app);
    let organization = tenant.organization;
    Ok(answer(&seats, &closing, Watcher { app, organization, credential, query, since, event: AsJson }))
}

/// From when on: after the last event that was seen, or after the moment that the page was made at.
pub(crate) fn since(request: &HttpRequest, made_at: &str) -> Option<Timestamp> {
    let last = request.headers().get("last-event-id").and_then(|value| value.to_str().ok());
    let micros = last.filter(|text| !text.is_empty()).unwrap_or(made_at).parse().ok()?;
    Timestamp::from_timestamp_micros(micros)
}
