//! `/o/{org}/agents/{agent}`

use actix_web::web::{Data, Path};
use actix_web::{Error, HttpRequest, HttpResponse, get};
use app::App;
use app::agents::Line;
use askama::Template;
use model::Holder;

use super::AgentPath;
use super::decisions::{Decided, recent};
use super::entrance;
use super::frame::{Frame, Tab};
use super::look::{Looked, say};
use super::may::may;
use super::month::{Month, month};
use super::picker::words;
use crate::pages::{Moment, Section, Shell, filters, page};
use crate::session::Visit;

/// As many as show what it has been doing; the rest has a tab.
const RECENT: u64 = 10;

#[derive(Template)]
#[template(path = "agents/overview.html")]
struct Page {
    shell: Shell,
    frame: Frame,
    may: Vec<String>,
    scope: Vec<String>,
    never: Vec<String>,
    tools: usize,
    places: Vec<Inherited>,
    month: Option<Month>,
    decided: Vec<Decided>,
    keys: usize,
    first_end: Option<Moment>,
    no_scope_edit: &'static str,
    no_key: &'static str,
}

/// A workspace that it gets into, or not, and where that comes from.
struct Inherited {
    name: String,
    href: Option<String>,
    organization: String,
    roles: String,
    entrance: &'static str,
    is_open: bool,
    allowed: usize,
    lines: usize,
}

/// What an agent is and may do, at a glance.
#[get("/o/{org}/agents/{agent}")]
pub(super) async fn overview(
    app: Data<App>,
    request: HttpRequest,
    visit: Visit,
    path: Path<AgentPath>,
) -> Result<HttpResponse, Error> {
    let looked = Looked::at(&app, &visit, path.agent).await?;
    let shell = Shell::of(&request, &visit, &looked.reading.facts, Section::Agents);
    let access = looked.access(&app, &visit).await?;
    let facts = &looked.reading.facts;
    let list =
        |scope: &model::Scope| scope.entries.iter().map(|entry| words(facts, &access, entry)).collect();
    let counting: Vec<_> =
        facts.keys_of(Holder::Agent(path.agent)).filter(|key| key.counts_at(looked.reading.now)).collect();
    let inherited = |access: &app::agents::Access, place: &app::agents::Place| {
        let here = access.organization == visit.organization;
        let role = |role: &std::sync::Arc<model::Role>| role.name.to_string();
        Inherited {
            name: place.workspace.name.to_string(),
            href: here.then(|| shell.path(&format!("/workspaces/{}", place.workspace.slug))),
            organization: if here { String::new() } else { access.organization_name.clone() },
            roles: place.roles.iter().map(role).collect::<Vec<_>>().join(", "),
            entrance: entrance::word(place.entrance),
            is_open: place.entrance.is_open(),
            allowed: place.lines.iter().filter(|line| line.is_allowed()).count(),
            lines: place.lines.len(),
        }
    };
    let template = Page {
        frame: Frame::of(&looked, &shell, Tab::Overview),
        may: may(&looked.agent, &looked.owner, &access),
        scope: list(&looked.agent.scope),
        never: list(&looked.agent.never),
        tools: access
            .iter()
            .flat_map(|a| &a.places)
            .flat_map(|p| &p.lines)
            .filter(|l| Line::is_allowed(l))
            .count(),
        places: access
            .iter()
            .flat_map(|a| a.places.iter().map(move |p| (a, p)))
            .map(|(a, p)| inherited(a, p))
            .collect(),
        month: month(&app, &visit, &looked, &shell).await?,
        decided: recent(&app, &visit, &looked, &shell, RECENT).await?,
        keys: counting.len(),
        first_end: counting.iter().filter_map(|key| key.effective_end()).min().map(|end| shell.zone.day(end)),
        no_scope_edit: say(looked.refuses(decision::Action::AgentScope)),
        no_key: say(looked.refuses_with_keys(decision::Action::KeyCreate)),
        shell,
    };
    Ok(page(&template)?)
}
