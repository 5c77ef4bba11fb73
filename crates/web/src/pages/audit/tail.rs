use actix_web::web::{Data, Query as Asked};
use actix_web::{Error, HttpRequest, HttpResponse, get};
use app::App;
use app::evidence::{Query, StoredDecision};
use askama::Template;
use serde::Deserialize;

use super::row::Row;
use crate::Problem;
use crate::api::evidence::since;
use crate::pages::{Section, Shell, filters};
use crate::session::Visit;
use crate::watching::{Closing, Credential, Event, Seats, Watcher, answer};

/// One row, as it is put on top of the list.
#[derive(Template)]
#[template(path = "audit/live_row.html")]
struct LiveRow {
    row: Row,
}

/// A record as a row of the list.
struct AsRow {
    shell: Shell,
    q: String,
}

impl Event for AsRow {
    fn record(&self, stored: StoredDecision) -> Option<String> {
        let row = Row::of(&self.shell, &stored, &[("q", &self.q)]);
        LiveRow { row }.render().ok()
    }
}

/// What is watched, and from when on.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Line {
    q: String,
    since: String,
}

/// Tells each record that the list would have, as it is written.
#[get("/o/{org}/audit/tail")]
pub(super) async fn tail(
    app: Data<App>,
    request: HttpRequest,
    visit: Visit,
    line: Asked<Line>,
    seats: Data<Seats>,
    closing: Data<Closing>,
) -> Result<HttpResponse, Error> {
    let reading = app.read(visit.caller, visit.organization).await.map_err(Problem::from)?;
    let Line { q, since: made_at } = line.into_inner();
    let query = Query::parse(&q).map_err(|error| Problem::invalid_field("q", &error.to_string()))?;
    app.search_of(&reading, &query).map_err(Problem::from)?;
    let shell = Shell::of(&request, &visit, &reading.facts, Section::Audit);
    let credential = Credential::of(&request).ok_or_else(Problem::unauthorized)?;
    let watcher = Watcher {
        since: since(&request, &made_at).unwrap_or(reading.now),
        organization: visit.organization,
        app: App::clone(&app),
        credential,
        query,
        event: AsRow { shell, q },
    };
    Ok(answer(&seats, &closing, watcher))
}
