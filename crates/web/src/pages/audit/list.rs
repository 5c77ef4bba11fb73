//! `/o/{org}/audit`: the evidence, searched with a line of text.

use actix_web::web::{Data, Query as Asked};
use actix_web::{Error, HttpRequest, HttpResponse, get};
use app::App;
use app::evidence::{DecisionCursor, FIELDS, Order, Page as Part, Query, StoredDecision};
use askama::Template;
use decision::Verdict;
use model::DecisionId;
use serde::Deserialize;

use crate::Problem;
use crate::pages::agents::look::shell;
use crate::pages::{Moment, Section, Shell, filters, page};
use crate::session::Visit;

/// As many as are read without losing the place.
const ON_A_PAGE: usize = 50;

#[derive(Template)]
#[template(path = "audit/list.html")]
struct Page {
    shell: Shell,
    q: String,
    wrong: String,
    rows: Vec<Row>,
    next: Option<String>,
    /// Where to go on with a search that has looked through as much as one answer may.
    further: Option<String>,
    help: Vec<(&'static str, &'static str)>,
}

/// A record, ready to be shown.
struct Row {
    at: Moment,
    who: String,
    owner: String,
    what: String,
    on: String,
    is_allowed: bool,
    reason: &'static str,
    say: &'static str,
    href: String,
}

/// What is searched for, and where the page begins.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Line {
    q: String,
    after: String,
}

/// Lists decisions, newest first. Whoever has no general right to see them sees their own and their agents'.
#[get("/o/{org}/audit")]
pub(super) async fn list(
    app: Data<App>,
    request: HttpRequest,
    visit: Visit,
    line: Asked<Line>,
) -> Result<HttpResponse, Error> {
    let reading = app.read(visit.caller, visit.organization).await.map_err(Problem::from)?;
    let shell = shell(&reading, &request, &visit, Section::Audit);
    let Line { q, after } = line.into_inner();
    let limit = u64::try_from(ON_A_PAGE).unwrap_or(u64::MAX) + 1;
    let part = Part { after: cursor(&after), limit, order: Order::NewestFirst };
    let (mut found, stopped_at, wrong) = match Query::parse(&q) {
        Ok(query) => match app.search_of(&reading, &query) {
            Ok(search) => {
                let found = app.search(visit.organization, &search, part).await.map_err(Problem::from)?;
                (found.items, found.stopped_at, String::new())
            }
            Err(app::Error::Invalid(wrong)) => {
                (Vec::new(), None, wrong.into_iter().map(|wrong| wrong.reason).collect::<Vec<_>>().join(" "))
            }
            Err(error) => return Err(Problem::from(error).into()),
        },
        Err(error) => (Vec::new(), None, error.to_string()),
    };
    let more = found.len() > ON_A_PAGE;
    found.truncate(ON_A_PAGE);
    let older = |at: i64, id: DecisionId| {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.append_pair("q", &q).append_pair("after", &format!("{at}.{id}"));
        query.finish()
    };
    let next = found.last().filter(|_| more).map(|last| older(last.at.timestamp_micros(), last.id));
    let further = stopped_at.filter(|_| !more).map(|at| older(at.timestamp_micros(), DecisionId::MIN));
    let template = Page {
        rows: found.iter().map(|stored| Row::of(&shell, stored)).collect(),
        q,
        wrong,
        next,
        further,
        help: FIELDS.to_vec(),
        shell,
    };
    Ok(page(&template)?)
}

fn cursor(text: &str) -> Option<DecisionCursor> {
    let (at, id) = text.split_once('.')?;
    Some(DecisionCursor {
        at: chrono::DateTime::from_timestamp_micros(at.parse().ok()?)?,
        id: id.parse().ok()?,
    })
}

impl Row {
    fn of(shell: &Shell, stored: &StoredDecision) -> Self {
        let on = [stored.server_name.as_deref(), stored.workspace_name.as_deref()];
        let target = stored.target.as_ref().map(|target| target.kind.as_str().to_owned()).unwrap_or_default();
        let on = on.into_iter().flatten().collect::<Vec<_>>().join(" in ");
        Self {
            at: shell.zone.exact(stored.at),
            who: stored.actor.as_ref().map_or_else(|| "nobody known".to_owned(), |party| party.name.clone()),
            owner: stored.owner.as_ref().map(|party| party.name.clone()).unwrap_or_default(),
            what: stored.tool_name.clone().unwrap_or_else(|| stored.action.clone()),
            on: if on.is_empty() { target } else { on },
            is_allowed: stored.verdict == Verdict::Allow,
            reason: stored.reason.code(),
            say: stored.reason.say(),
            href: shell.path(&format!("/audit/{}", stored.id)),
        }
    }
}
