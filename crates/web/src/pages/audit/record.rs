//! `/o/{org}/audit/{decision}`: one decision, with the whole path that led to it.

use actix_web::web::{Data, Path};
use actix_web::{Error, HttpRequest, HttpResponse, get};
use app::App;
use askama::Template;
use decision::Verdict;
use model::DecisionId;
use serde::Deserialize;

use super::path::{Link, path as links};
use crate::Problem;
use crate::pages::agents::look::shell;
use crate::pages::{Moment, Section, Shell, filters, page};
use crate::session::Visit;

/// The path of one decision.
#[derive(Debug, Deserialize)]
pub(super) struct RecordPath {
    decision: DecisionId,
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
    facts: Vec<(&'static str, String)>,
    links: Vec<Link>,
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
    let shell = shell(&reading, &request, &visit, Section::Audit);
    let found = app.decision(&reading, visit.organization, path.decision).await.map_err(Problem::from)?;
    let stored = found.ok_or_else(Problem::not_found)?;
    let is_allowed = stored.verdict == Verdict::Allow;
    let name =
        |party: &Option<decision::Party>| party.as_ref().map(|party| party.name.clone()).unwrap_or_default();
    let who = if stored.actor.is_some() { name(&stored.actor) } else { "Nobody known".to_owned() };
    let what = stored.tool_name.clone().unwrap_or_else(|| stored.action.clone());
    let may = if is_allowed { "was allowed" } else { "was denied" };
    let all = [
        ("Answers for it", name(&stored.owner)),
        ("Asked for", stored.action.clone()),
        ("Tool", stored.tool_name.clone().unwrap_or_default()),
        ("Server", stored.server_name.clone().unwrap_or_default()),
        ("Workspace", stored.workspace_name.clone().unwrap_or_default()),
        ("Key", stored.key.map(|key| key.to_string()).unwrap_or_default()),
        ("From", stored.address.map(|address| address.to_string()).unwrap_or_default()),
        ("About", stored.target.as_ref().map(ToString::to_string).unwrap_or_default()),
        ("Reason given", stored.note.clone().unwrap_or_default()),
        ("Trace", stored.trace_id.clone().unwrap_or_default()),
        ("Revision of the facts", stored.revision.0.to_string()),
        ("Recorded by", format!("{} as number {} since its start", stored.stamp.node, stored.stamp.sequence)),
    ];
    let template = Page {
        id: stored.id.to_string(),
        at: shell.zone.exact(stored.at),
        sentence: format!("{who} {may}: {what}"),
        is_allowed,
        reason: stored.reason.code(),
        say: stored.reason.say(),
        facts: all.into_iter().filter(|(_, value)| !value.is_empty()).collect(),
        links: links(&reading.facts, &stored.path),
        back: shell.path("/audit"),
        shell,
    };
    Ok(page(&template)?)
}
