//! `/o/{org}/audit/changes`: what was changed, by whom, and under which decision.

use actix_web::web::{Data, Query as Asked};
use actix_web::{Error, HttpRequest, HttpResponse, get};
use app::evidence::{CHANGE_FIELDS, ChangeCounts, ChangeCursor, FoundChanges, Order, Page as Part, Query};
use app::{App, Reading};
use askama::Template;
use decision::{Action, On};
use futures_util::future::try_join;
use model::{Change, FactKind, Revision};
use serde::Deserialize;

use super::change_facets::{CountedChanges, address};
use super::changed::Changed;
use crate::Problem;
use crate::pages::query::query;
use crate::pages::{Errors, Section, Shell, filters, page};
use crate::session::Visit;

/// As many as are read without losing the place.
const ON_A_PAGE: usize = 50;

#[derive(Template)]
#[template(path = "audit/changes.html")]
struct Page {
    shell: Shell,
    q: String,
    errors: Errors,
    words: Vec<(String, String)>,
    kinds: Vec<Kind>,
    /// What was counted, where the query can be understood.
    counted: Option<CountedChanges>,
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
    let template = match find(&app, &reading, &visit, &line).await {
        Ok((asked, found, counts)) => Page::of(shell, &reading.facts, line, &asked, found, &counts),
        Err(app::Error::Invalid(wrong)) => {
            let wrong: Vec<String> = wrong.into_iter().map(|wrong| wrong.reason).collect();
            let asked = Query::parse(&line.q).unwrap_or_default();
            Page { errors: Errors::none().with("q", wrong.join(" ")), ..Page::empty(shell, line, &asked) }
        }
        Err(error) => return Err(Problem::from(error).into()),
    };
    Ok(page(&template)?)
}

async fn find(
    app: &App,
    reading: &Reading,
    visit: &Visit,
    line: &Line,
) -> Result<(Query, FoundChanges, ChangeCounts), app::Error> {
    let asked = Query::parse(&line.q).map_err(|error| app::Error::invalid("q", error))?;
    let limit = u64::try_from(ON_A_PAGE).unwrap_or(u64::MAX) + 1;
    let part = Part { after: cursor(&line.after), limit, order: Order::NewestFirst };
    // Side by side: each reads for itself.
    let (found, counts) = try_join(
        app.search_changes(reading, visit.organization, &asked, part),
        app.count_changes(reading, visit.organization, &asked),
    )
    .await?;
    Ok((asked, found, counts))
}

fn cursor(text: &str) -> Option<ChangeCursor> {
    let (revision, position) = text.split_once('.')?;
    Some(ChangeCursor { revision: Revision(revision.parse().ok()?), position: position.parse().ok()? })
}

impl Page {
    fn empty(shell: Shell, line: Line, asked: &Query) -> Self {
        let of = |asked: &Query| address(&shell, asked);
        let kind = |kind: &FactKind| {
            let is_chosen = asked.has("kind", kind.as_str());
            let changed = if is_chosen { asked.without("kind") } else { asked.with("kind", kind.as_str()) };
            Kind { name: kind.as_str().replace('_', " "), href: of(&changed), is_chosen }
        };
        Self {
            words: asked.words().map(|(word, rest)| (word, of(&rest))).collect(),
            kinds: FactKind::ALL.iter().map(kind).collect(),
            counted: None,
            rows: Vec::new(),
            next: None,
            further: None,
            help: CHANGE_FIELDS.to_vec(),
            q: line.q,
            errors: Errors::none(),
            shell,
        }
    }

    fn of(
        shell: Shell,
        facts: &model::Snapshot,
        line: Line,
        asked: &Query,
        mut found: FoundChanges,
        counts: &ChangeCounts,
    ) -> Self {
        let more = found.items.len() > ON_A_PAGE;
        found.items.truncate(ON_A_PAGE);
        let place = |cursor: ChangeCursor| {
            let after = format!("{}.{}", cursor.revision.0, cursor.position);
            format!("{}{}", shell.path("/audit/changes"), query(&[("q", &line.q), ("after", &after)]))
        };
        let last = |change: &Change| ChangeCursor { revision: change.revision, position: change.position };
        Self {
            counted: Some(CountedChanges::of(&shell, asked, counts)),
            next: found.items.last().filter(|_| more).map(|change| place(last(change))),
            further: found.stopped_at.filter(|_| !more).map(place),
            rows: found.items.iter().map(|change| Changed::of(facts, &shell, change)).collect(),
            ..Self::empty(shell, line, asked)
        }
    }
}
