//! `/o/{org}/agents/{agent}/access`

use actix_web::web::{Data, Path};
use actix_web::{Error, HttpRequest, HttpResponse, get};
use app::App;
use app::agents::{Access, Line, Place};
use askama::Template;
use decision::Action;
use model::Risk;

use super::AgentPath;
use super::entrance;
use super::frame::{Frame, Tab};
use super::look::{Looked, say};
use crate::pages::{Section, Shell, filters, page};
use crate::session::Visit;

#[derive(Template)]
#[template(path = "agents/access.html")]
struct Page {
    shell: Shell,
    frame: Frame,
    owner: String,
    places: Vec<Shown>,
    no_scope_edit: &'static str,
}

/// A workspace of its owner's.
struct Shown {
    id: String,
    name: String,
    organization: String,
    roles: String,
    entrance: &'static str,
    is_open: bool,
    note: &'static str,
    is_blocked: bool,
    narrow: Option<Narrow>,
    lines: Vec<Row>,
}

/// Where the people of the workspace narrow it.
struct Narrow {
    href: String,
    why_not: &'static str,
}

/// A tool there.
struct Row {
    server: String,
    tool: String,
    title: String,
    risk: &'static str,
    inherited: &'static str,
    in_scope: bool,
    forbidden: bool,
    is_allowed: bool,
    reason: &'static str,
    explore: Option<String>,
}

/// Scope × inherited = effective, tool by tool.
#[get("/o/{org}/agents/{agent}/access")]
pub(super) async fn show(
    app: Data<App>,
    request: HttpRequest,
    visit: Visit,
    path: Path<AgentPath>,
) -> Result<HttpResponse, Error> {
    let looked = Looked::at(&app, &visit, path.agent).await?;
    let shell = Shell::of(&request, &visit, &looked.reading.facts, Section::Agents);
    let access = looked.access(&app, &visit).await?;
    let places = access.iter().flat_map(|a| a.places.iter().map(move |p| (a, p)));
    let template = Page {
        frame: Frame::of(&looked, &shell, Tab::Access),
        owner: looked.owner.clone(),
        places: places.map(|(access, place)| shown(&looked, &visit, &shell, access, place)).collect(),
        no_scope_edit: say(looked.refuses(Action::AgentScope)),
        shell,
    };
    Ok(page(&template)?)
}

fn shown(looked: &Looked, visit: &Visit, shell: &Shell, access: &Access, place: &Place) -> Shown {
    let here = access.organization == visit.organization;
    let workspace = &place.workspace;
    let narrow = here.then(|| Narrow {
        href: shell.path(&format!("/agents/{}/narrow/{}", looked.agent.id, workspace.slug)),
        why_not: say(looked.reading.why_not(Action::OverridePut, decision::On::Workspace(workspace.id))),
    });
    Shown {
        id: workspace.id.to_string(),
        name: workspace.name.to_string(),
        organization: if here { String::new() } else { access.organization_name.clone() },
        roles: place.roles.iter().map(|role| role.name.to_string()).collect::<Vec<_>>().join(", "),
        entrance: entrance::word(place.entrance),
        is_open: place.entrance.is_open(),
        note: entrance::note(place.entrance).unwrap_or(""),
        is_blocked: place.narrowed.as_ref().is_some_and(|narrowed| narrowed.blocked),
        narrow,
        lines: place.lines.iter().map(|line| row(looked, shell, here, place, line)).collect(),
    }
}

fn row(looked: &Looked, shell: &Shell, here: bool, place: &Place, line: &Line) -> Row {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query
        .append_pair("who", &format!("agent:{}", looked.agent.id))
        .append_pair("server", line.server.slug.as_str())
        .append_pair("tool", line.tool.name.as_str())
        .append_pair("workspace", place.workspace.slug.as_str());
    Row {
        server: line.server.name.to_string(),
        tool: line.tool.name.to_string(),
        title: line.tool.title.clone(),
        risk: risk(line.tool.risk),
        inherited: match (line.inherited, line.limited) {
            (false, _) => "no",
            (true, false) => "yes",
            (true, true) => "some arguments",
        },
        in_scope: line.in_scope,
        forbidden: line.forbidden,
        is_allowed: line.is_allowed(),
        reason: line.reason().say(),
        explore: here.then(|| shell.path(&format!("/explore?{}", query.finish()))),
    }
}

/// The word for what a tool can do to the world.
pub(super) fn risk(risk: Risk) -> &'static str {
    match risk {
        Risk::Read => "read",
        Risk::Write => "write",
        Risk::Destructive => "destructive",
    }
}
