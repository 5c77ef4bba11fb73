//! `/o/{org}/agents/{agent}/scope`: the most it may ever do, and what it must never do.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{Error, HttpRequest, HttpResponse, get, post};
use app::agents::{Access, Ceilings};
use app::{App, agents};
use askama::Template;
use decision::Action;
use model::{Scope, ScopeEntry};
use serde::Deserialize;

use super::AgentPath;
use super::look::Looked;
use super::picker::{Picker, entry, value, words};
use crate::Problem;
use crate::pages::again::{Again, again};
use crate::pages::both::{Both, Row};
use crate::pages::{Choice, Errors, FieldView, Redirect, Section, Shell, filters, page_with};
use crate::session::{Form, Visit};

#[derive(Template)]
#[template(path = "agents/scope.html")]
struct Page {
    shell: Shell,
    path: String,
    title: String,
    owner: String,
    version: String,
    picker: Picker,
    never: Vec<Kept>,
    pattern: FieldView,
    pattern_place: FieldView,
    never_pattern: FieldView,
    never_server: FieldView,
    errors: Errors,
}

/// An entry of the never-list that can be let go of.
struct Kept {
    value: String,
    words: String,
    stays: bool,
}

/// What was picked, on which version.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Picked {
    scope: Vec<String>,
    never: Vec<String>,
    pattern: String,
    pattern_place: String,
    never_pattern: String,
    never_server: String,
    version: String,
}

/// The form.
#[get("/o/{org}/agents/{agent}/scope")]
pub(super) async fn open(
    app: Data<App>,
    request: HttpRequest,
    visit: Visit,
    path: Path<AgentPath>,
) -> Result<HttpResponse, Error> {
    let looked = Looked::at(&app, &visit, path.agent).await?;
    if let Some(reason) = looked.refuses(Action::AgentScope) {
        return Err(Problem::denied(reason).into());
    }
    let shell = Shell::of(&request, &visit, &looked.reading.facts, Section::Agents);
    let access = looked.access(&app, &visit).await?;
    let picked = Picked {
        scope: looked.agent.scope.entries.iter().map(value).collect(),
        never: looked.agent.never.entries.iter().map(value).collect(),
        version: looked.version.clone(),
        ..Picked::default()
    };
    Ok(show(shell, &looked, &access, &picked, Errors::none())?)
}

/// Takes it.
#[post("/o/{org}/agents/{agent}/scope")]
pub(super) async fn save(
    app: Data<App>,
    request: HttpRequest,
    visit: Visit,
    path: Path<AgentPath>,
    form: Form<Picked>,
) -> Result<HttpResponse, Error> {
    let looked = Looked::at(&app, &visit, path.agent).await?;
    let shell = Shell::of(&request, &visit, &looked.reading.facts, Section::Agents);
    let access = looked.access(&app, &visit).await?;
    let picked = form.0;
    let (scope, never) = match picked.ceilings() {
        Ok(both) => both,
        Err(errors) => return Ok(show(shell, &looked, &access, &picked, errors)?),
    };
    let wanted = Ceilings { scope: Some(scope.clone()), never: Some(never.clone()) };
    let change = app::Request { if_match: Some(picked.version.clone()), ..visit.request() };
    match app.change(change, |planning| agents::set_scope(planning, path.agent, wanted)).await {
        Ok(changed) => {
            let n = changed.value.scope.entries.len();
            let said = match n {
                0 => "Saved. Its scope is empty, so it may do nothing.".to_owned(),
                1 => "Saved. Its scope has 1 entry; everything else is denied.".to_owned(),
                n => format!("Saved. Its scope has {n} entries; everything else is denied."),
            };
            let back = shell.path(&format!("/agents/{}", path.agent));
            Ok(Redirect::to(back).saying(said).response())
        }
        Err(error) => match again(error, &["scope", "never"], "")? {
            Again::Wrong(errors) => Ok(show(shell, &looked, &access, &picked, errors)?),
            Again::Stale(version) => Ok(stale(shell, &looked, &access, &scope, &never, version)?),
        },
    }
}

impl Picked {
    /// Both lists, with what was added by hand.
    fn ceilings(&self) -> Result<(Scope, Scope), Errors> {
        let mut errors = Errors::none();
        let mut scope: Vec<ScopeEntry> = self.scope.iter().filter_map(|value| entry(value)).collect();
        let mut never: Vec<ScopeEntry> = self.never.iter().filter_map(|value| entry(value)).collect();
        if !self.pattern.trim().is_empty() {
            match added(&self.pattern_place, &self.pattern) {
                Ok(added) => scope.push(added),
                Err(wrong) => errors.add("pattern", wrong),
            }
        }
        if !self.never_pattern.trim().is_empty() {
            match added(&format!("-/{}", self.never_server), &self.never_pattern) {
                Ok(added) => never.push(added),
                Err(wrong) => errors.add("never_pattern", wrong),
            }
        }
        if errors.is_empty() { Ok((distinct(scope), distinct(never))) } else { Err(errors) }
    }
}

/// An entry that was typed: a place as `workspace/server`, and a pattern.
fn added(place: &str, pattern: &str) -> Result<ScopeEntry, String> {
    let tools: model::ToolPattern =
        pattern.trim().parse().map_err(|wrong: model::PatternError| wrong.to_string())?;
    entry(&format!("{place}/{tools}")).ok_or_else(|| "Choose where it holds.".to_owned())
}

fn distinct(entries: Vec<ScopeEntry>) -> Scope {
    let mut kept: Vec<ScopeEntry> = Vec::new();
    for entry in entries {
        if !kept.contains(&entry) {
            kept.push(entry);
        }
    }
    kept.into_iter().collect()
}

fn show(
    shell: Shell,
    looked: &Looked,
    access: &[Access],
    picked: &Picked,
    errors: Errors,
) -> Result<HttpResponse, Problem> {
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let facts = &looked.reading.facts;
    let scope: Scope = picked.scope.iter().filter_map(|value| entry(value)).collect();
    let mut never: Vec<Kept> = Vec::new();
    let there = looked.agent.never.entries.iter().map(value);
    for kept in picked.never.iter().cloned().chain(there) {
        if never.iter().all(|known| known.value != kept)
            && let Some(entry) = entry(&kept)
        {
            never.push(Kept {
                words: words(facts, access, &entry),
                stays: picked.never.contains(&kept),
                value: kept,
            });
        }
    }
    let (places, servers) = choices(access);
    let template = Page {
        path: shell.path(&format!("/agents/{}", looked.agent.id)),
        title: looked.agent.name.to_string(),
        owner: looked.owner.clone(),
        version: picked.version.clone(),
        picker: Picker::of(facts, access, &scope),
        never,
        pattern: FieldView::new("pattern", "Tools")
            .hint("A name, or a pattern with *: list_* stands for every tool that begins with list_, also later ones.")
            .optional()
            .value(&picked.pattern)
            .wrong(&errors),
        pattern_place: FieldView::new("pattern_place", "Where").choices(places).value(&picked.pattern_place),
        never_pattern: FieldView::new("never_pattern", "Tools it must never use")
            .hint("For example delete_* or refund_payment.")
            .optional()
            .value(&picked.never_pattern)
            .wrong(&errors),
        never_server: FieldView::new("never_server", "On").choices(servers).value(&picked.never_server),
        errors,
        shell,
    };
    page_with(status, &template)
}

/// Where a pattern may hold: every server in every workspace, and everywhere at once; and every server by itself.
fn choices(access: &[Access]) -> (Vec<Choice>, Vec<Choice>) {
    let mut places = vec![Choice::new("-/-", "Every server in every workspace it gets into")];
    let mut servers = vec![Choice::new("-", "Every server")];
    for place in access.iter().flat_map(|access| &access.places) {
        for line in &place.lines {
            let server = line.server.id.to_string();
            let at = format!("{}/{server}", place.workspace.id);
            if places.iter().all(|known| known.value != at) {
                places.push(Choice::new(at, format!("{} in {}", line.server.name, place.workspace.name)));
            }
            if servers.iter().all(|known| known.value != server) {
                servers.push(Choice::new(server, line.server.name.to_string()));
            }
        }
    }
    (places, servers)
}

fn stale(
    shell: Shell,
    looked: &Looked,
    access: &[Access],
    scope: &Scope,
    never: &Scope,
    version: String,
) -> Result<HttpResponse, Problem> {
    let path = shell.path(&format!("/agents/{}", looked.agent.id));
    let facts = &looked.reading.facts;
    let read = |scope: &Scope| -> Vec<String> {
        scope.entries.iter().map(|entry| words(facts, access, entry)).collect()
    };
    let mut fields = vec![("version".to_owned(), version)];
    for (name, typed) in [("scope", scope), ("never", never)] {
        fields.extend(typed.entries.iter().map(|entry| (name.to_owned(), value(entry))));
    }
    Both {
        name: looked.agent.name.to_string(),
        action: format!("{path}/scope"),
        fields,
        rows: vec![
            Row::lines("Scope", read(scope), read(&looked.agent.scope)),
            Row::lines("Never", read(never), read(&looked.agent.never)),
        ],
        back: path,
        shell,
    }
    .response()
}
