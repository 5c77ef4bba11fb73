//! `/o/{org}/agents/{agent}/activity`

use actix_web::web::{Data, Path, Query};
use actix_web::{Error, HttpRequest, HttpResponse, get};
use app::App;
use app::evidence::{ChangeCursor, Order, Page as Part};
use askama::Template;
use model::{Change, Fact, Revision, Scope, Snapshot};
use serde::Deserialize;

use super::AgentPath;
use super::frame::{Frame, Tab};
use super::look::{Looked, principal};
use crate::Problem;
use crate::pages::{Moment, Section, Shell, Zone, filters, page};
use crate::session::Visit;

/// As many as are read without losing the place.
const ON_A_PAGE: usize = 50;

#[derive(Template)]
#[template(path = "agents/activity.html")]
struct Page {
    shell: Shell,
    frame: Frame,
    happened: Vec<Happened>,
    next: Option<String>,
}

/// One change, ready to be shown.
struct Happened {
    at: Moment,
    what: String,
    why: String,
    is_loss: bool,
    removed: Vec<String>,
    added: Vec<String>,
    revision: u64,
}

/// Where the page begins.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    /// The last one of the page before: revision and position.
    after: String,
}

/// What was changed about an agent, newest first.
#[get("/o/{org}/agents/{agent}/activity")]
pub(super) async fn activity(
    app: Data<App>,
    request: HttpRequest,
    visit: Visit,
    path: Path<AgentPath>,
    asked: Query<Asked>,
) -> Result<HttpResponse, Error> {
    let looked = Looked::at(&app, &visit, path.agent).await?;
    let shell = Shell::of(&request, &visit, &looked.reading.facts, Section::Agents);
    let limit = u64::try_from(ON_A_PAGE).unwrap_or(u64::MAX) + 1;
    let part = Part { after: cursor(&asked.after), limit, order: Order::NewestFirst };
    let mut found = app
        .changes_of_agent(&looked.reading, visit.organization, path.agent, part)
        .await
        .map_err(Problem::from)?;
    let more = found.len() > ON_A_PAGE;
    found.truncate(ON_A_PAGE);
    let next =
        found.last().filter(|_| more).map(|last| format!("?after={}.{}", last.revision.0, last.position));
    let facts = &looked.reading.facts;
    let template = Page {
        frame: Frame::of(&looked, &shell, Tab::Activity),
        happened: found.iter().map(|change| Happened::of(facts, shell.zone, change)).collect(),
        next,
        shell,
    };
    Ok(page(&template)?)
}

fn cursor(text: &str) -> Option<ChangeCursor> {
    let (revision, position) = text.split_once('.')?;
    Some(ChangeCursor { revision: Revision(revision.parse().ok()?), position: position.parse().ok()? })
}

impl Happened {
    fn of(facts: &Snapshot, zone: Zone, change: &Change) -> Self {
        let who = principal(facts, change.actor.principal);
        let (what, why) = sentence(&who, change);
        let (removed, added) = differences(facts, change);
        let is_loss = ["pause", "revoke", "latch", "suspend", "remove"]
            .iter()
            .any(|verb| change.action.ends_with(verb));
        Self { at: zone.moment(change.at), what, why, is_loss, removed, added, revision: change.revision.0 }
    }
}

fn sentence(who: &str, change: &Change) -> (String, String) {
    let why = |because: &model::Because| because.reason.clone();
    let nothing = String::new;
    match (change.action.as_str(), change.edit.after.as_ref()) {
        ("agent.create", _) => (format!("{who} created it."), nothing()),
        ("agent.update", _) => (format!("{who} changed what it is called or for."), nothing()),
        ("agent.scope", _) => (format!("{who} changed its scope or never-list."), nothing()),
        ("agent.pause", Some(Fact::Agent(agent))) => {
            (format!("{who} paused it."), because(agent).map(why).unwrap_or_default())
        }
        ("agent.resume", _) => (format!("{who} let it act again."), nothing()),
        ("agent.revoke", Some(Fact::Agent(agent))) => {
            (format!("{who} revoked it for ever."), because(agent).map(why).unwrap_or_default())
        }
        ("agent.hand_over" | "member.hand_over", _) => {
            (format!("{who} handed it to another person."), nothing())
        }
        (_, Some(Fact::Agent(agent))) if matches!(agent.state, model::AgentState::Unowned(_)) => {
            ("Its owner lost the right to answer for it, so it was stopped.".to_owned(), nothing())
        }
        (action, _) => (format!("{who} did {action}."), nothing()),
    }
}

fn because(agent: &model::Agent) -> Option<&model::Because> {
    match &agent.state {
        model::AgentState::Live => None,
        model::AgentState::Paused(b) | model::AgentState::Unowned(b) | model::AgentState::Revoked(b) => {
            Some(b)
        }
    }
}

fn differences(facts: &Snapshot, change: &Change) -> (Vec<String>, Vec<String>) {
    let (Some(Fact::Agent(before)), Some(Fact::Agent(after))) = (&change.edit.before, &change.edit.after)
    else {
        return (Vec::new(), Vec::new());
    };
    let mut removed = Vec::new();
    let mut added = Vec::new();
    let mut text = |label: &str, old: &str, new: &str| {
        if old != new {
            removed.extend((!old.is_empty()).then(|| format!("{label}: {old}")));
            added.extend((!new.is_empty()).then(|| format!("{label}: {new}")));
        }
    };
    text("Name", before.name.as_str(), after.name.as_str());
    text("Purpose", &before.purpose, &after.purpose);
    let name = |id| super::look::person(facts, id);
    text("Owner", &name(before.owner), &name(after.owner));
    for (label, old, new) in [("May", &before.scope, &after.scope), ("Never", &before.never, &after.never)] {
        removed.extend(missing(facts, label, old, new));
        added.extend(missing(facts, label, new, old));
    }
    (removed, added)
}

/// The entries of one scope that another does not have.
fn missing(facts: &Snapshot, label: &str, of: &Scope, from: &Scope) -> Vec<String> {
    of.entries
        .iter()
        .filter(|entry| !from.entries.contains(entry))
        .map(|entry| format!("{label}: {}", super::picker::words(facts, &[], entry)))
        .collect()
}
