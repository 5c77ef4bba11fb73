//! `/o/{org}/audit/{decision}`: one decision, with the whole path that led to it.

use actix_web::web::{Data, Path};
use actix_web::{Error, HttpRequest, HttpResponse, get};
use app::App;
use askama::Template;
use decision::Verdict;
use model::DecisionId;
use serde::Deserialize;

use super::opened::Opened;
use crate::Problem;
use crate::pages::{Moment, Section, Shell, filters, page};
use crate::session::Visit;

/// The path of one decision.
#[derive(Debug, Deserialize)]
pub(super) struct RecordPath {
    pub(super) decision: DecisionId,
}

#[derive(Template)]
#[template(path = "audit/record.html")]
struct Page {
    shell: Shell,
    id: String,
    at: Moment,
    sentence: String,
    is_allowed: bool,
    reason: &'static str,
    say: &'static str,
    opened: Opened,
    back: String,
}

/// Shows a decision.
#[get("/o/{org}/audit/{decision}")]
pub(super) async fn record(
    app: Data<App>,
    request: HttpRequest,
    visit: Visit,
    path: Path<RecordPath>,
) -> Result<HttpResponse, Error> {
    let reading = app.read(visit.caller, visit.organization).await.map_err(Problem::from)?;
    let shell = Shell::of(&request, &visit, &reading.facts, Section::Audit);
    let found = app.decision(&reading, visit.organization, path.decision).await.map_err(Problem::from)?;
    let stored = found.ok_or_else(Problem::not_found)?;
    let is_allowed = stored.verdict == Verdict::Allow;
    let who = stored.actor.as_ref().map_or_else(|| "Nobody known".to_owned(), |party| party.name.clone());
    let what = stored.tool_name.clone().unwrap_or_else(|| stored.action.clone());
    let may = if is_allowed { "was allowed" } else { "was denied" };
    let (id, at, reason) = (stored.id.to_string(), shell.zone.exact(stored.at), stored.reason);
    let opened =
        Opened::of(&app, &reading, visit.organization, &shell, stored).await.map_err(Problem::from)?;
    let template = Page {
        id,
        at,
        sentence: format!("{who} {may}: {what}"),
        is_allowed,
        reason: reason.code(),
        say: reason.say(),
        opened,
        back: shell.path("/audit"),
        shell,
    };
    Ok(page(&template)?)
}
