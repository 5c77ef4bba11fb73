//! `/o/{org}/audit/changes`: what was changed, by whom, and under which decision.

use actix_web::web::{Data, Query as Asked};
use actix_web::{Error, HttpRequest, HttpResponse, get};
use app::App;
use app::evidence::{CHANGE_FIELDS, ChangeCursor, FoundChanges, Order, Page as Part, Query};
use askama::Template;
use decision::{Action, On};
use model::{Change, FactKind, Revision};
use serde::Deserialize;

use super::changed::Changed;
use crate::Problem;
use crate::pages::query::query;
use crate::pages::{Section, Shell, filters, page};
use crate::session::Visit;

/// As many as are read without losing the place.
const ON_A_PAGE: usize = 50;

#[derive(Template)]
#[template(path = "audit/changes.html")]
struct Page {
    shell: Shell,
    q: String,
    wrong: String,
    words: Vec<(String, String)>,
    kinds: Vec<Kind>,
    rows: Vec<Changed>,
    next: Option<String>,
    further: Option<String>,
    help: Vec<(&'static str, &'static str)>,
}

/// A kind of fact that a list can be of.
struct Kind {
    name: String,
    href: String,
    is_chosen: bool,
}

/// What is searched for, and where the page begins.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Line {
    q: String,
    after: String,
}

/// Lists changes, newest first.
#[get("/o/{org}/audit/changes")]
pub(super) async fn changes(
    app: Data<App>,
    request: HttpRequest,
    visit: Visit,
    line: Asked<Line>,
) -> Result<HttpResponse, Error> {
    let reading = app.read(visit.caller, visit.organization).await.map_err(Problem::from)?;
    reading.check(Action::ChangeRead, On::Organization).map_err(Problem::from)?;
    let shell = Shell::of(&request, &visit, &reading.facts, Section::Audit);
    let line = line.into_inner();
    let limit = u64::try_from(ON_A_PAGE).unwrap_or(u64::MAX) + 1;
    let part = Part { after: cursor(&line.after), limit, order: Order::NewestFirst };
    let asked = Query::parse(&line.q).map_err(|error| app::Error::invalid("q", error));
    let found = match &asked {
        Ok(asked) => app.search_changes(&reading, visit.organization, asked, part).await,
        Err(_) => Ok(FoundChanges { items: Vec::new(), stopped_at: None }),
    };
    let wrong = |error: app::Error| match error {
        app::Error::Invalid(wrong) => {
            Ok(wrong.into_iter().map(|wrong| wrong.reason).collect::<Vec<_>>().join(" "))
        }
        error => Err(Problem::from(error)),
    };
    let (found, asked, wrong) = match (found, asked) {
        (Ok(found), Ok(asked)) => (found, asked, String::new()),
        (Err(error), asked) => {
            (FoundChanges { items: Vec::new(), stopped_at: None }, asked.unwrap_or_default(), wrong(error)?)
        }
        (_, Err(error)) => {
            (FoundChanges { items: Vec::new(), stopped_at: None }, Query::default(), wrong(error)?)
        }
    };
    Ok(page(&Page::of(shell, &reading.facts, line, &asked, found, wrong))?)
}

fn cursor(text: &str) -> Option<ChangeCursor> {
    let (revision, position) = text.split_once('.')?;
    Some(ChangeCursor { revision: Revision(revision.parse().ok()?), position: position.parse().ok()? })
}

impl Page {
    fn of(
        shell: Shell,
        facts: &model::Snapshot,
        line: Line,
        asked: &Query,
        mut found: FoundChanges,
        wrong: String,
    ) -> Self {
        let more = found.items.len() > ON_A_PAGE;
        found.items.truncate(ON_A_PAGE);
        let address = |fields: &[(&str, &str)]| format!("{}{}", shell.path("/audit/changes"), query(fields));
        let place = |cursor: ChangeCursor| {
            let after = format!("{}.{}", cursor.revision.0, cursor.position);
            address(&[("q", &line.q), ("after", &after)])
        };
        let last = |change: &Change| ChangeCursor { revision: change.revision, position: change.position };
        let of = |asked: &Query| address(&[("q", &asked.to_string())]);
        let kind = |kind: &FactKind| {
            let is_chosen = asked.has("kind", kind.as_str());
            let changed = if is_chosen { asked.without("kind") } else { asked.with("kind", kind.as_str()) };
            Kind { name: kind.as_str().replace('_', " "), href: of(&changed), is_chosen }
        };
        Self {
            words: asked.words().map(|(word, rest)| (word, of(&rest))).collect(),
            kinds: FactKind::ALL.iter().map(kind).collect(),
            next: found.items.last().filter(|_| more).map(|change| place(last(change))),
            further: found.stopped_at.filter(|_| !more).map(place),
            rows: found.items.iter().map(|change| Changed::of(facts, &shell, change)).collect(),
            help: CHANGE_FIELDS.to_vec(),
            q: line.q,
            wrong,
            shell,
        }
    }
}
