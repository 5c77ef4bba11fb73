use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get, post};
use app::{App, Reading, servers, version_of};
use askama::Template;
use decision::{Action, On};
use model::{Risk, Server, Tool, ToolState};
use serde::Deserialize;

use super::matrix::all_in_words;
use super::rows::{path, risk};
use super::{ToolPath, seen_tool};
use crate::Problem;
use crate::pages::ability::Ability;
use crate::pages::again::{Again, again, versioned};
use crate::pages::both::{Both, Row};
use crate::pages::{Choice, Errors, FieldView, Redirect, Section, Shell, filters, page_with};
use crate::session::{Form, Visit};

/// A tool's title and risk, as they were chosen.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct ToolForm {
    title: String,
    risk: String,
    version: String,
}

/// The risks, with what each means.
pub(super) const RISKS: [(&str, Risk, &str, &str); 3] = [
    ("read", Risk::Read, "Read", "It looks at things."),
    ("write", Risk::Write, "Write", "It changes things, and that can be undone."),
    ("destructive", Risk::Destructive, "Destructive", "What it does cannot be undone."),
];

impl ToolForm {
    fn of(tool: &Tool) -> Self {
        let version = version_of(&tool.clone().into());
        Self { title: tool.title.clone(), risk: risk(tool.risk).to_owned(), version }
    }
}

/// The risk of that word. Anything else counts as the worst.
pub(super) fn risk_of(word: &str) -> Risk {
    RISKS.iter().find(|(known, ..)| *known == word).map_or(Risk::Destructive, |(_, risk, ..)| *risk)
}

/// The field that chooses a risk.
pub(super) fn risk_field(chosen: &str) -> FieldView {
    let choices = RISKS.map(|(word, _, label, hint)| Choice::new(word, label).hint(hint));
    FieldView::new("risk", "What it can do to the world")
        .hint("People here say so; what the server says of itself is no proof.")
        .choices(choices)
        .value(chosen)
}

#[derive(Template)]
#[template(path = "servers/tool.html")]
struct ToolPage {
    shell: Shell,
    server_there: String,
    server_name: String,
    there: String,
    tool: Tool,
    risk: &'static str,
    withdrawn: bool,
    definition: String,
    reach: Vec<(String, String, String)>,
    title: FieldView,
    risks: FieldView,
    version: String,
    can: Ability,
    errors: Errors,
}

/// Shows one tool: its definition, who reaches it, and what people here say of it.
#[get("/o/{org}/servers/{server}/tools/{tool}")]
pub(super) async fn show(
    request: HttpRequest,
    app: Data<App>,
    visit: Visit,
    path: Path<ToolPath>,
) -> Result<HttpResponse, Problem> {
    let reading = app.read(visit.caller, visit.organization).await?;
    let (_, tool) = seen_tool(&reading, &path)?;
    let shell = Shell::of(&request, &visit, &reading.facts, Section::Tools);
    let form = ToolForm::of(tool);
    let view = tool_page(&app, &visit, shell, &reading, &path, &form, Errors::none()).await?;
    page_with(StatusCode::OK, &view)
}

/// Sets a tool's title and risk.
#[post("/o/{org}/servers/{server}/tools/{tool}")]
pub(super) async fn update(
    request: HttpRequest,
    app: Data<App>,
    visit: Visit,
    path: Path<ToolPath>,
    sent: Form<ToolForm>,
) -> Result<HttpResponse, Problem> {
    let Form(sent) = sent;
    let reading = app.read(visit.caller, visit.organization).await?;
    let (server, tool) = seen_tool(&reading, &path)?;
    let there = format!("/o/{}/servers/{}/tools/{}", visit.slug, super::path(server), tool.id);
    let wanted = servers::ToolPatch { title: Some(sent.title.clone()), risk: Some(risk_of(&sent.risk)) };
    let id = tool.id;
    let changed = app.change(versioned(&visit, &sent.version), |p| servers::update_tool(p, id, wanted)).await;
    let Err(error) = changed else {
        return Ok(Redirect::to(there).saying("The tool is changed.").into());
    };
    let shell = Shell::of(&request, &visit, &reading.facts, Section::Tools);
    match again(error, &["title", "risk"], "")? {
        Again::Wrong(errors) => {
            let view = tool_page(&app, &visit, shell, &reading, &path, &sent, errors).await?;
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
        }
        Again::Stale(_) => {
            let now = app.read(visit.caller, visit.organization).await?;
            let theirs = ToolForm::of(seen_tool(&now, &path)?.1);
            Both {
                shell,
                name: tool.name.to_string(),
                action: there.clone(),
                fields: vec![
                    ("title".to_owned(), sent.title.clone()),
                    ("risk".to_owned(), sent.risk.clone()),
                    ("version".to_owned(), theirs.version),
                ],
                rows: vec![
                    Row::of("Title", sent.title, theirs.title),
                    Row::of("Risk", sent.risk, theirs.risk),
                ],
                back: there,
            }
            .response()
        }
    }
}

async fn tool_page(
    app: &App,
    visit: &Visit,
    shell: Shell,
    reading: &Reading,
    at: &ToolPath,
    form: &ToolForm,
    errors: Errors,
) -> Result<ToolPage, Problem> {
    let (server, tool) = seen_tool(reading, at)?;
    let definition = app.definition(visit.organization, tool.definition).await?;
    let definition = definition.and_then(|value| serde_json::to_string_pretty(&value).ok());
    let server_there = shell.path(&format!("/servers/{}", path(server)));
    let can = Ability::of(reading, Action::ToolUpdate, On::Server(server.id));
    let title = FieldView::new("title", "Title").hint("For people.").value(&form.title).optional();
    Ok(ToolPage {
        there: format!("{server_there}/tools/{}", tool.id),
        server_there,
        server_name: server.name.to_string(),
        risk: risk(tool.risk),
        withdrawn: tool.state == ToolState::Withdrawn,
        definition: definition.unwrap_or_default(),
        reach: reach(reading, server, tool),
        title: title.wrong(&errors),
        risks: risk_field(&form.risk).wrong(&errors),
        version: form.version.clone(),
        can,
        errors,
        tool: tool.clone(),
        shell,
    })
}

/// The roles that reach a tool: id, name, and by which grant.
fn reach(reading: &Reading, server: &Server, tool: &Tool) -> Vec<(String, String, String)> {
    let facts = &reading.facts;
    let mut all: Vec<(String, String, String)> = facts
        .list_roles(None)
        .flat_map(|role| facts.grants_on(role.id, server.id).map(move |grant| (role, grant)))
        .filter(|(_, grant)| grant.tools.matches(tool.name.as_str()))
        .map(|(role, grant)| {
            let how = match (grant.tools.as_str() == tool.name.as_str(), grant.constraints.is_empty()) {
                (true, true) => "This tool, without limits".to_owned(),
                (false, true) => format!("Pattern {}", grant.tools),
                (_, false) => format!("{} where {}", grant.tools, all_in_words(&grant.constraints)),
            };
            (role.id.to_string(), role.name.to_string(), how)
        })
        .collect();
    all.sort_by_cached_key(|(_, name, _)| name.to_lowercase());
    all
}
