//! `/o/{org}/agents/{agent}/narrow/{workspace}`: how the people of a workspace narrow an agent there.

use std::collections::BTreeSet;

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{Error, HttpRequest, HttpResponse, get, post};
use app::{App, Error as AppError, overrides, version_of};
use askama::Template;
use decision::{Action, On};
use model::{AgentId, FactKind, Override, ServerId, ToolPattern, Workspace};
use serde::Deserialize;

use super::look::Looked;
use crate::Problem;
use crate::pages::again::{Again, again};
use crate::pages::both::{Both, Row};
use crate::pages::{Errors, Redirect, Section, Shell, filters, page_with};
use crate::session::{Form, NoFields, Visit};

/// The agent and the workspace.
#[derive(Debug, Deserialize)]
pub(super) struct NarrowPath {
    agent: AgentId,
    workspace: String,
}

#[derive(Template)]
#[template(path = "agents/narrow.html")]
struct Page {
    shell: Shell,
    path: String,
    action: String,
    title: String,
    workspace: String,
    version: String,
    blocked: bool,
    servers: Vec<Server>,
    others: Vec<Tool>,
    is_narrowed: bool,
    errors: Errors,
}

/// A server that is offered there.
struct Server {
    name: String,
    tools: Vec<Tool>,
}

/// A tool that can be denied to it there.
struct Tool {
    value: String,
    name: String,
    title: String,
    risk: &'static str,
    checked: bool,
}

/// What was picked, on which version.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Picked {
    blocked: String,
    denied: Vec<String>,
    version: String,
}

/// The form.
#[get("/o/{org}/agents/{agent}/narrow/{workspace}")]
pub(super) async fn open(
    app: Data<App>,
    request: HttpRequest,
    visit: Visit,
    path: Path<NarrowPath>,
) -> Result<HttpResponse, Error> {
    let looked = Looked::at(&app, &visit, path.agent).await?;
    let workspace = place(&looked, &path.workspace)?;
    if let Some(reason) = looked.reading.why_not(Action::OverridePut, On::Workspace(workspace.id)) {
        return Err(Problem::denied(reason).into());
    }
    let shell = Shell::of(&request, &visit, &looked.reading.facts, Section::Agents);
    let standing = standing(&looked, &workspace);
    let picked = Picked {
        blocked: if standing.as_ref().is_some_and(|o| o.blocked) { "on".to_owned() } else { String::new() },
        denied: standing.iter().flat_map(|o| o.denied.iter().map(value)).collect(),
        version: standing.map(|o| version_of(&o.into())).unwrap_or_default(),
    };
    Ok(show(shell, &looked, &workspace, &picked, Errors::none())?)
}

/// Takes it.
#[post("/o/{org}/agents/{agent}/narrow/{workspace}")]
pub(super) async fn save(
    app: Data<App>,
    request: HttpRequest,
    visit: Visit,
    path: Path<NarrowPath>,
    form: Form<Picked>,
) -> Result<HttpResponse, Error> {
    let looked = Looked::at(&app, &visit, path.agent).await?;
    let workspace = place(&looked, &path.workspace)?;
    let shell = Shell::of(&request, &visit, &looked.reading.facts, Section::Agents);
    let picked = form.0;
    let denied: Vec<(ServerId, ToolPattern)> = picked.denied.iter().filter_map(|text| read(text)).collect();
    let wanted = overrides::Narrowing { blocked: !picked.blocked.is_empty(), denied: denied.clone() };
    let if_match = Some(picked.version.clone()).filter(|version| !version.is_empty());
    let change = app::Request { if_match, ..visit.request() };
    match app.change(change, |p| overrides::put(p, workspace.id, path.agent, wanted)).await {
        Ok(changed) => {
            let back = shell.path(&format!("/agents/{}/access", path.agent));
            let said = if changed.value.blocked {
                format!("{} may do nothing in {} any more.", looked.agent.name, workspace.name)
            } else {
                format!("{} is narrowed in {}.", looked.agent.name, workspace.name)
            };
            Ok(Redirect::to(back).saying(said).response())
        }
        Err(error) => match again(error, &[], "")? {
            Again::Wrong(errors) => Ok(show(shell, &looked, &workspace, &picked, errors)?),
            Again::Stale(version) => Ok(stale(shell, &looked, &workspace, &picked, version)?),
        },
    }
}

/// Lifts all of it.
#[post("/o/{org}/agents/{agent}/narrow/{workspace}/lift")]
pub(super) async fn lift(
    app: Data<App>,
    visit: Visit,
    path: Path<NarrowPath>,
    _form: Form<NoFields>,
) -> Result<HttpResponse, Error> {
    let looked = Looked::at(&app, &visit, path.agent).await?;
    let workspace = place(&looked, &path.workspace)?;
    let back = format!("/o/{}/agents/{}/access", visit.slug, path.agent);
    match app.change(visit.request(), |p| overrides::lift(p, workspace.id, path.agent)).await {
        // Lifted already, here or by somebody else: it is as it was wanted.
        Ok(_) | Err(AppError::NotFound(FactKind::Override)) => {
            let said = format!("Nothing narrows {} in {} any more.", looked.agent.name, workspace.name);
            Ok(Redirect::to(back).saying(said).response())
        }
        Err(error) => Err(Problem::from(error).into()),
    }
}

fn place(looked: &Looked, slug: &str) -> Result<Workspace, Problem> {
    let found = looked.reading.facts.workspace_by_slug(slug).ok_or_else(Problem::not_found)?;
    looked.reading.check(Action::WorkspaceRead, On::Workspace(found.id))?;
    Ok(Workspace::clone(found))
}

fn standing(looked: &Looked, workspace: &Workspace) -> Option<Override> {
    looked
        .reading
        .facts
        .overrides_on(looked.agent.id, workspace.id)
        .next()
        .map(|found| Override::clone(found))
}

fn value((server, tools): &(ServerId, ToolPattern)) -> String {
    format!("{server}/{tools}")
}

fn read(text: &str) -> Option<(ServerId, ToolPattern)> {
    let (server, tools) = text.split_once('/')?;
    Some((server.parse().ok()?, tools.parse().ok()?))
}

fn show(
    shell: Shell,
    looked: &Looked,
    workspace: &Workspace,
    picked: &Picked,
    errors: Errors,
) -> Result<HttpResponse, Problem> {
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let path = shell.path(&format!("/agents/{}", looked.agent.id));
    let servers = servers(looked, workspace, &picked.denied);
    let offered: BTreeSet<&str> =
        servers.iter().flat_map(|server| &server.tools).map(|tool| tool.value.as_str()).collect();
    let others = picked.denied.iter().filter(|value| !offered.contains(value.as_str()));
    let template = Page {
        action: format!("{path}/narrow/{}", workspace.slug),
        title: looked.agent.name.to_string(),
        workspace: workspace.name.to_string(),
        version: picked.version.clone(),
        blocked: !picked.blocked.is_empty(),
        others: others.map(|value| other(looked, value)).collect(),
        servers,
        is_narrowed: standing(looked, workspace).is_some(),
        errors,
        path,
        shell,
    };
    page_with(status, &template)
}

fn other(looked: &Looked, value: &str) -> Tool {
    let read = read(value);
    let server = read.as_ref().and_then(|(server, _)| looked.reading.facts.server(*server));
    Tool {
        value: value.to_owned(),
        name: read.map(|(_, tools)| tools.to_string()).unwrap_or_default(),
        title: server.map(|server| server.name.to_string()).unwrap_or_default(),
        risk: "",
        checked: true,
    }
}

fn servers(looked: &Looked, workspace: &Workspace, denied: &[String]) -> Vec<Server> {
    let facts = &looked.reading.facts;
    facts
        .servers_in(workspace.id)
        .filter(|server| server.is_active())
        .map(|server| Server {
            name: server.name.to_string(),
            tools: facts
                .tools_of(server.id)
                .map(|tool| {
                    let value = format!("{}/{}", server.id, tool.name);
                    Tool {
                        checked: denied.contains(&value),
                        value,
                        name: tool.name.to_string(),
                        title: tool.title.clone(),
                        risk: super::access::risk(tool.risk),
                    }
                })
                .collect(),
        })
        .collect()
}

fn stale(
    shell: Shell,
    looked: &Looked,
    workspace: &Workspace,
    picked: &Picked,
    version: String,
) -> Result<HttpResponse, Problem> {
    let path = shell.path(&format!("/agents/{}", looked.agent.id));
    let now = standing(looked, workspace);
    let words = |value: &String| {
        let tool = other(looked, value);
        format!("{} on {}", tool.name, tool.title)
    };
    let yes = |blocked: bool| if blocked { "yes" } else { "no" };
    let mut fields = vec![("version".to_owned(), version), ("blocked".to_owned(), picked.blocked.clone())];
    fields.extend(picked.denied.iter().map(|denied| ("denied".to_owned(), denied.clone())));
    let there = now.iter().flat_map(|o| o.denied.iter().map(value)).map(|v| words(&v));
    Both {
        name: looked.agent.name.to_string(),
        action: format!("{path}/narrow/{}", workspace.slug),
        fields,
        rows: vec![
            Row::of(
                "Blocked altogether",
                yes(!picked.blocked.is_empty()),
                yes(now.as_ref().is_some_and(|o| o.blocked)),
            ),
            Row::lines("Denied here", picked.denied.iter().map(words), there),
        ],
        back: format!("{path}/access"),
        shell,
    }
    .response()
}
