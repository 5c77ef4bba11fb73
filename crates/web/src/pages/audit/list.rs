//! `/o/{org}/audit`: the evidence, searched with a line of text.

use actix_web::web::{Data, Query as Asked};
use actix_web::{Error, HttpRequest, HttpResponse, get};
use app::evidence::{
    Counts, DecisionCursor, FIELDS, Found, Order, Page as Part, Query, SavedQuery, Search, StoredDecision,
};
use app::{App, Reading};
use askama::Template;
use decision::{Action, On};
use futures_util::future::try_join;
use model::DecisionId;
use serde::Deserialize;

use super::facets::{Side, address, exact, picture, sides};
use super::opened::Opened;
use super::row::Row;
use super::saved::Saved;
use crate::Problem;
use crate::pages::picture::Bars;
use crate::pages::query::query;
use crate::pages::{Errors, Moment, Section, Shell, filters, page};
use crate::session::Visit;

/// As many as are read without losing the place.
const ON_A_PAGE: usize = 50;

#[derive(Template)]
#[template(path = "audit/list.html")]
struct Page {
    shell: Shell,
    q: String,
    errors: Errors,
    /// Each word of the query, and the list without it.
    words: Vec<(String, String)>,
    /// What was counted, where the query can be understood.
    counted: Option<Counted>,
    rows: Vec<Row>,
    next: Option<String>,
    /// The same query further back, where the search stopped looking though there is more.
    further: Option<String>,
    saved: Saved,
    help: Vec<(&'static str, &'static str)>,
    /// Whether there is a tab of changes for the one who reads.
    sees_changes: bool,
    /// Whether the one who reads sees everything, or what they answer for.
    sees_all: bool,
    live: Option<Live>,
    /// The list with the live view, or without it where it is on.
    live_href: String,
}

/// The live view of the list.
struct Live {
    /// Where the events come from.
    href: String,
    /// This page once more.
    reload: String,
}

/// What stands beside the rows.
struct Counted {
    records: u64,
    denied: u64,
    from: Moment,
    until: Moment,
    /// The same query further back, where not everything is counted.
    further: Option<String>,
    bars: Bars,
    sides: Vec<Side>,
}

/// What is searched for, and where the page begins.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Line {
    q: String,
    after: String,
    /// The row that is open.
    open: String,
    /// `on`: new rows appear by themselves.
    tail: String,
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
    let shell = Shell::of(&request, &visit, &reading.facts, Section::Audit);
    let line = line.into_inner();
    let saved = app.saved_queries(&reading, visit.organization).await.map_err(Problem::from)?;
    let template = match asked(&app, &reading, &line) {
        Ok((asked, search)) => {
            let found = find(&app, &reading, &visit, &search, &line).await.map_err(Problem::from)?;
            let mut template = Page::of(shell, &reading, &line, &asked, found, &saved);
            open(&app, &reading, &visit, &line, &mut template).await.map_err(Problem::from)?;
            template
        }
        Err(app::Error::Invalid(wrong)) => {
            let wrong: Vec<String> = wrong.into_iter().map(|wrong| wrong.reason).collect();
            Page {
                errors: Errors::none().with("q", wrong.join(" ")),
                ..Page::empty(shell, &reading, &line, &saved)
            }
        }
        Err(error) => return Err(Problem::from(error).into()),
    };
    Ok(page(&template)?)
}

fn asked(app: &App, reading: &Reading, line: &Line) -> Result<(Query, Search), app::Error> {
    let asked = Query::parse(&line.q).map_err(|error| app::Error::invalid("q", error))?;
    let search = app.search_of(reading, &asked)?;
    Ok((asked, search))
}

async fn find(
    app: &App,
    reading: &Reading,
    visit: &Visit,
    search: &Search,
    line: &Line,
) -> Result<(Found<StoredDecision>, Counts), app::Error> {
    let limit = u64::try_from(ON_A_PAGE).unwrap_or(u64::MAX) + 1;
    let part = Part { after: cursor(&line.after), limit, order: Order::NewestFirst };
    // Side by side: each reads for itself.
    try_join(app.search(visit.organization, search, part), app.count(reading, visit.organization, search))
        .await
}

/// Fills in the row that is open.
async fn open(
    app: &App,
    reading: &Reading,
    visit: &Visit,
    line: &Line,
    template: &mut Page,
) -> Result<(), app::Error> {
    let Page { rows, shell, .. } = template;
    let Ok(id) = line.open.parse::<DecisionId>() else { return Ok(()) };
    let Some(row) = rows.iter_mut().find(|row| row.id == line.open) else { return Ok(()) };
    if let Some(stored) = app.decision(reading, visit.organization, id).await? {
        let fields = [("q", line.q.as_str()), ("after", &line.after), ("tail", &line.tail)];
        row.fold = format!("{}{}#r-{}", shell.path("/audit"), query(&fields), row.id);
        row.open = Some(Opened::of(app, reading, visit.organization, shell, stored).await?);
    }
    Ok(())
}

fn cursor(text: &str) -> Option<DecisionCursor> {
    let (at, id) = text.split_once('.')?;
    Some(DecisionCursor {
        at: chrono::DateTime::from_timestamp_micros(at.parse().ok()?)?,
        id: id.parse().ok()?,
    })
}

impl Page {
    fn empty(shell: Shell, reading: &Reading, line: &Line, saved: &[SavedQuery]) -> Self {
        let is_live = line.tail == "on";
        let other = if is_live { "" } else { "on" };
        let here =
            |tail: &str| format!("{}{}", shell.path("/audit"), query(&[("q", &line.q), ("tail", tail)]));
        let since = reading.now.timestamp_micros().to_string();
        let events = query(&[("q", &line.q), ("since", &since)]);
        let watched = is_live
            .then(|| Live { href: format!("{}{events}", shell.path("/audit/tail")), reload: here("on") });
        Self {
            live_href: here(other),
            live: watched,
            q: line.q.clone(),
            errors: Errors::none(),
            words: Vec::new(),
            counted: None,
            rows: Vec::new(),
            next: None,
            further: None,
            saved: Saved::of(&shell, reading, saved, &line.q),
            help: FIELDS.to_vec(),
            sees_changes: reading.may(Action::ChangeRead, On::Organization),
            sees_all: reading.may(Action::DecisionRead, On::Evidence(None)),
            shell,
        }
    }

    fn of(
        shell: Shell,
        reading: &Reading,
        line: &Line,
        asked: &Query,
        found: (Found<StoredDecision>, Counts),
        saved: &[SavedQuery],
    ) -> Self {
        let (mut found, counts) = found;
        let more = found.items.len() > ON_A_PAGE;
        found.items.truncate(ON_A_PAGE);
        let here = [("q", line.q.as_str()), ("after", &line.after), ("tail", &line.tail)];
        let here: Vec<(&str, &str)> = here.into_iter().filter(|(_, value)| !value.is_empty()).collect();
        let older = |last: &StoredDecision| {
            let after = format!("{}.{}", last.at.timestamp_micros(), last.id);
            format!("{}{}", shell.path("/audit"), query(&[("q", &line.q), ("after", &after)]))
        };
        let rows = found.items.iter().map(|stored| Row::of(&shell, stored, &here)).collect();
        let next = found.items.last().filter(|_| more).map(older);
        let stopped = found.stopped_at.filter(|_| !more);
        let further = stopped.map(|at| before(&shell, asked, at));
        let counted = Counted::of(&shell, asked, &counts);
        let words = asked.words().map(|(word, rest)| (word, address(&shell, &rest))).collect();
        Self {
            words,
            counted: Some(counted),
            rows,
            next,
            further,
            ..Self::empty(shell, reading, line, saved)
        }
    }
}

impl Counted {
    fn of(shell: &Shell, asked: &Query, counts: &Counts) -> Self {
        Self {
            records: counts.records,
            denied: counts.denied,
            from: shell.zone.exact(counts.from),
            until: shell.zone.exact(counts.until),
            further: counts.is_cut.then(|| before(shell, asked, counts.from)),
            bars: picture(shell, asked, counts),
            sides: sides(shell, asked, counts),
        }
    }
}

/// The same query, of what is older than a moment.
fn before(shell: &Shell, asked: &Query, at: model::Timestamp) -> String {
    address(shell, &asked.with("until", &exact(at)))
}
