//! `/o/{org}/agents/{agent}/decisions`

use actix_web::web::{Data, Path, Query};
use actix_web::{Error, HttpRequest, HttpResponse, get};
use app::App;
use app::evidence::{DecisionCursor, DecisionFilter, Order, Page as Part, StoredDecision};
use askama::Template;
use chrono::TimeDelta;
use decision::Verdict;
use serde::Deserialize;

use super::AgentPath;
use super::frame::{Frame, Tab};
use super::look::Looked;
use crate::Problem;
use crate::pages::{Moment, Section, Shell, filters, page};
use crate::session::Visit;

/// As many as are read without losing the place.
const ON_A_PAGE: usize = 50;
/// What lies further back is looked up in the audit log, which has a time window of its own.
const BACK: TimeDelta = TimeDelta::days(30);
/// How far one page reaches: evidence is ordered by time, so a page of an agent that seldom asks reads all of it.
const REACH: TimeDelta = TimeDelta::days(7);

#[derive(Template)]
#[template(path = "agents/decisions.html")]
struct Page {
    shell: Shell,
    frame: Frame,
    verdict: String,
    decided: Vec<Decided>,
    next: Option<String>,
    /// Where older ones are looked for, when a page reaches no further.
    further: Option<String>,
}

/// A decision, ready to be shown.
pub(super) struct Decided {
    /// When.
    pub(super) at: Moment,
    /// What was asked for.
    pub(super) what: String,
    /// On which server and where.
    pub(super) on: String,
    /// Whether it was allowed.
    pub(super) is_allowed: bool,
    /// The reason's code.
    pub(super) reason: &'static str,
    /// The reason in words.
    pub(super) say: &'static str,
    /// The whole record.
    pub(super) href: String,
}

/// Which of them.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    /// `allow`, `deny` or nothing.
    verdict: String,
    /// The last one of the page before: microseconds and id.
    after: String,
}

/// What an agent asked for, newest first.
#[get("/o/{org}/agents/{agent}/decisions")]
pub(super) async fn decisions(
    app: Data<App>,
    request: HttpRequest,
    visit: Visit,
    path: Path<AgentPath>,
    asked: Query<Asked>,
) -> Result<HttpResponse, Error> {
    let looked = Looked::at(&app, &visit, path.agent).await?;
    let shell = Shell::of(&request, &visit, &looked.reading.facts, Section::Agents);
    let verdict = match asked.verdict.as_str() {
        "allow" => Some(Verdict::Allow),
        "deny" => Some(Verdict::Deny),
        _ => None,
    };
    let after = cursor(&asked.after);
    let newest = after.map_or(looked.reading.now, |cursor| cursor.at);
    let filter = DecisionFilter { verdict, from: Some(newest - REACH), ..by(&looked) };
    let limit = u64::try_from(ON_A_PAGE).unwrap_or(u64::MAX) + 1;
    let part = Part { after, limit, order: Order::NewestFirst };
    let mut found =
        app.decisions(&looked.reading, visit.organization, filter, part).await.map_err(Problem::from)?;
    let more = found.len() > ON_A_PAGE;
    found.truncate(ON_A_PAGE);
    let next = found
        .last()
        .filter(|_| more)
        .map(|last| format!("?verdict={}&after={}.{}", asked.verdict, last.at.timestamp_micros(), last.id));
    let further = (!more).then(|| shell.path(&format!("/audit?q=actor%3A{}", looked.agent.id)));
    let template = Page {
        frame: Frame::of(&looked, &shell, Tab::Decisions),
        further,
        verdict: asked.verdict.clone(),
        decided: found.iter().map(|stored| Decided::of(&shell, stored)).collect(),
        next,
        shell,
    };
    Ok(page(&template)?)
}

/// The last so many decisions of an agent.
pub(super) async fn recent(
    app: &App,
    visit: &Visit,
    looked: &Looked,
    shell: &Shell,
    most: u64,
) -> Result<Vec<Decided>, Problem> {
    let filter = DecisionFilter { from: Some(looked.reading.now - BACK), ..by(looked) };
    let found = app.decisions(&looked.reading, visit.organization, filter, Part::first(most)).await?;
    Ok(found.iter().map(|stored| Decided::of(shell, stored)).collect())
}

fn by(looked: &Looked) -> DecisionFilter {
    DecisionFilter { actor: Some(looked.agent.id.uuid()), ..DecisionFilter::default() }
}

fn cursor(text: &str) -> Option<DecisionCursor> {
    let (at, id) = text.split_once('.')?;
    Some(DecisionCursor {
        at: chrono::DateTime::from_timestamp_micros(at.parse().ok()?)?,
        id: id.parse().ok()?,
    })
}

impl Decided {
    fn of(shell: &Shell, stored: &StoredDecision) -> Self {
        let on = [stored.server_name.as_deref(), stored.workspace_name.as_deref()];
        Self {
            at: shell.zone.ago(stored.at),
            what: stored.tool_name.clone().unwrap_or_else(|| stored.action.clone()),
            on: on.into_iter().flatten().collect::<Vec<_>>().join(" in "),
            is_allowed: stored.verdict == Verdict::Allow,
            reason: stored.reason.code(),
            say: stored.reason.say(),
            href: shell.path(&format!("/audit/{}", stored.id)),
        }
    }
}
