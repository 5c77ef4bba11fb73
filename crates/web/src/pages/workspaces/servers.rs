use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get, post};
use app::{App, workspaces};
use askama::Template;
use decision::{Action, On};
use model::{FactKind, ServerId, ToolState};
use serde::Deserialize;

use super::frame::Head;
use super::{WorkspacePath, seen};
use crate::Problem;
use crate::pages::ability::Ability;
use crate::pages::again::again;
use crate::pages::{
    Choice, Confirm, Consequence, FieldView, Flash, Redirect, Section, Shell, Tone, filters, page, servers,
};
use crate::session::{Form, NoFields, Visit};

#[derive(Template)]
#[template(path = "workspaces/servers.html")]
struct ServersPage {
    shell: Shell,
    head: Head,
    rows: Vec<Row>,
    attach: Ability,
    detach: Ability,
    /// The servers that could be offered here as well.
    others: FieldView,
}

/// A server that the workspace offers.
struct Row {
    id: ServerId,
    /// Its page. None: the visitor may not see servers.
    href: Option<String>,
    name: String,
    slug: String,
    mode: &'static str,
    tools: usize,
    drifted: usize,
}

/// Lists the servers that a workspace offers.
#[get("/o/{org}/workspaces/{workspace}/servers")]
pub(super) async fn show(
    request: HttpRequest,
    app: Data<App>,
    visit: Visit,
    path: Path<WorkspacePath>,
) -> Result<HttpResponse, Problem> {
    let reading = app.read(visit.caller, visit.organization).await?;
    let workspace = seen(&reading, &path.workspace)?;
    let facts = &reading.facts;
    let sees = reading.may(Action::ServerRead, On::Organization);
    let row = |server: &model::Server| {
        let offered = || facts.tools_of(server.id).filter(|tool| tool.state == ToolState::Offered);
        Row {
            id: server.id,
            href: sees.then(|| format!("/o/{}/servers/{}", visit.slug, servers::path(server))),
            name: server.name.to_string(),
            slug: server.slug.to_string(),
            mode: servers::mode(server.credential_mode),
            tools: offered().count(),
            drifted: offered().filter(|tool| !tool.is_reviewed()).count(),
        }
    };
    let (here, others): (Vec<_>, Vec<_>) = facts
        .list_servers(None)
        .filter(|server| server.is_active())
        .partition(|server| facts.is_attached(server.id, workspace.id));
    let mut choices: Vec<Choice> =
        others.iter().map(|server| Choice::new(server.id.to_string(), server.name.to_string())).collect();
    choices.sort_by_cached_key(|choice| choice.label.to_lowercase());
    let mut rows: Vec<Row> = here.into_iter().map(|server| row(server)).collect();
    rows.sort_by_cached_key(|row| row.name.to_lowercase());
    let on = On::Workspace(workspace.id);
    page(&ServersPage {
        shell: Shell::of(&request, &visit, facts, Section::Workspaces),
        head: Head::of(&visit.slug, &reading, workspace, "servers"),
        rows,
        attach: Ability::of(&reading, Action::AttachmentAdd, on),
        detach: Ability::of(&reading, Action::AttachmentRemove, on),
        others: FieldView::new("server", "Server").choices(choices),
    })
}

/// Which server.
#[derive(Debug, Deserialize)]
pub(super) struct AttachForm {
    server: ServerId,
}

/// Offers a server in a workspace.
#[post("/o/{org}/workspaces/{workspace}/servers")]
pub(super) async fn attach(
    app: Data<App>,
    visit: Visit,
    path: Path<WorkspacePath>,
    form: Form<AttachForm>,
) -> Result<HttpResponse, Problem> {
    let Form(AttachForm { server }) = form;
    let reading = app.read(visit.caller, visit.organization).await?;
    let workspace = seen(&reading, &path.workspace)?;
    let there = Redirect::to(format!("/o/{}/workspaces/{}/servers", visit.slug, super::path(workspace)));
    let id = workspace.id;
    match app.change(visit.request(), |planning| workspaces::attach(planning, id, server)).await {
        Ok(_) => {
            let name = reading.facts.server(server).map(|server| server.name.to_string());
            let text = format!("{} is offered here now.", name.unwrap_or_default());
            Ok(there.saying(text).into())
        }
        Err(error) => match again(error, &[], "")? {
            crate::pages::again::Again::Wrong(errors) => {
                Ok(there.flashing(Flash { tone: Tone::Failed, text: errors.text() }).into())
            }
            crate::pages::again::Again::Stale(_) => Ok(there.into()),
        },
    }
}

/// A server in a workspace.
#[derive(Debug, Deserialize)]
pub(super) struct AttachmentPath {
    workspace: String,
    server: ServerId,
}

/// Says what no longer offering a server means.
#[get("/o/{org}/workspaces/{workspace}/servers/{server}/detach")]
pub(super) async fn ask_detach(
    request: HttpRequest,
    app: Data<App>,
    visit: Visit,
    path: Path<AttachmentPath>,
) -> Result<HttpResponse, Problem> {
    let reading = app.read(visit.caller, visit.organization).await?;
    let workspace = seen(&reading, &path.workspace)?;
    let attached = reading.facts.is_attached(path.server, workspace.id);
    let server = reading.facts.server(path.server).filter(|_| attached).ok_or_else(Problem::not_found)?;
    reading.require(Action::AttachmentRemove, On::Workspace(workspace.id))?;
    let there = format!("/o/{}/workspaces/{}/servers", visit.slug, super::path(workspace));
    let tools = reading.facts.tools_of(server.id).filter(|tool| tool.state == ToolState::Offered).count();
    let counts = super::rows::counts(&reading, workspace.id);
    let consequence = Consequence {
        title: format!("Stop offering {} in {}?", server.name, workspace.name),
        sentence: "Every call of its tools here is refused from the next one on. The roles' grants stay, and count again \
                   should it be offered again."
            .to_owned(),
        counts: vec![
            (tools, "Tools that nobody can call here".to_owned()),
            (counts.people.saturating_add(counts.guests), "People who worked with it here".to_owned()),
            (counts.agents, "Agents that are here through them".to_owned()),
        ],
        button: "Stop offering it".to_owned(),
        action: format!("{there}/{}/detach", server.id),
        back: there,
        ..Consequence::default()
    };
    Confirm::page(Shell::of(&request, &visit, &reading.facts, Section::Workspaces), consequence)
}

/// No longer offers a server in a workspace.
#[post("/o/{org}/workspaces/{workspace}/servers/{server}/detach")]
pub(super) async fn detach(
    app: Data<App>,
    visit: Visit,
    path: Path<AttachmentPath>,
    form: Form<NoFields>,
) -> Result<HttpResponse, Problem> {
    let Form(NoFields {}) = form;
    let reading = app.read(visit.caller, visit.organization).await?;
    let workspace = seen(&reading, &path.workspace)?;
    let (id, server) = (workspace.id, path.server);
    let there = Redirect::to(format!("/o/{}/workspaces/{}/servers", visit.slug, super::path(workspace)));
    match app.change(visit.request(), |planning| workspaces::detach(planning, id, server)).await {
        Ok(changed) => {
            Ok(there.saying(format!("It is no longer offered, after {} ms.", changed.receipt.took_ms)).into())
        }
        Err(app::Error::NotFound(FactKind::Attachment)) => {
            Ok(there.saying("It was no longer offered already.").into())
        }
        Err(error) => Err(error.into()),
    }
}
