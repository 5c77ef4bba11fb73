use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get, post};
use app::roles::{Regrant, regrant, remove_grant};
use app::{App, Reading};
use askama::Template;
use decision::{Action, On};
use model::{Constraint, FactKind, Grant, GrantId, Role, RoleId, ServerId, ToolPattern};
use serde::Deserialize;
use serde_json::Value;

use super::limits::{Line, OPERATORS, line, lines, read};
use super::{RolePath, seen};
use crate::Problem;
use crate::pages::ability::Ability;
use crate::pages::again::{Again, again, take};
use crate::pages::{Choice, Errors, FieldView, Redirect, Section, Shell, filters, page_with};
use crate::problem::Code;
use crate::session::{Form, NoFields, Visit};

/// So many empty lines wait for limits at first; "another line" adds one more each time.
const LINES: usize = 1;
/// The use case takes as many.
const MOST_LINES: usize = 20;

/// A grant, as it was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct GrantForm {
    server: String,
    tools: String,
    pointer: Vec<String>,
    operator: Vec<String>,
    value: Vec<String>,
    /// Arguments to try the limits with.
    arguments: String,
    /// The grant that this one takes the place of.
    old: String,
    /// `save`, `try` or `more`.
    act: String,
}

#[derive(Template)]
#[template(path = "roles/grant.html")]
struct GrantPage {
    shell: Shell,
    there: String,
    role: String,
    server: FieldView,
    tools: FieldView,
    names: Vec<String>,
    lines: Vec<Shown>,
    operators: [(&'static str, model::Operator, &'static str); 9],
    arguments: FieldView,
    tried: Option<Tried>,
    old: String,
    errors: Errors,
}

/// A line of the form, with what is wrong with it.
struct Shown {
    line: Line,
    error: String,
}

/// What came of trying the limits.
struct Tried {
    holds: bool,
    /// The first that does not hold.
    stops: String,
}

/// Asks which tools a role is to reach.
#[get("/o/{org}/roles/{role}/grants/new")]
pub(super) async fn ask_new(
    request: HttpRequest,
    app: Data<App>,
    visit: Visit,
    path: Path<RolePath>,
) -> Result<HttpResponse, Problem> {
    let reading = app.read(visit.caller, visit.organization).await?;
    let role = seen(&reading, path.role)?;
    may(&reading, role)?;
    let shell = Shell::of(&request, &visit, &reading.facts, Section::Tools);
    let form = GrantForm::default();
    page_with(StatusCode::OK, &grant_page(shell, &reading, role, &form, LINES, Errors::none(), &[]))
}

/// One grant of a role.
#[derive(Debug, Deserialize)]
pub(super) struct GrantPath {
    role: RoleId,
    grant: GrantId,
}

/// Shows a grant to be changed.
#[get("/o/{org}/roles/{role}/grants/{grant}")]
pub(super) async fn ask_edit(
    request: HttpRequest,
    app: Data<App>,
    visit: Visit,
    path: Path<GrantPath>,
) -> Result<HttpResponse, Problem> {
    let reading = app.read(visit.caller, visit.organization).await?;
    let role = seen(&reading, path.role)?;
    may(&reading, role)?;
    let grant = reading.facts.grant(path.grant).filter(|grant| grant.role == role.id);
    let form = form_of(grant.ok_or_else(Problem::not_found)?);
    let shell = Shell::of(&request, &visit, &reading.facts, Section::Tools);
    page_with(StatusCode::OK, &grant_page(shell, &reading, role, &form, 0, Errors::none(), &[]))
}

fn form_of(grant: &Grant) -> GrantForm {
    let lines: Vec<Line> = grant.constraints.iter().map(line).collect();
    GrantForm {
        server: grant.server.to_string(),
        tools: grant.tools.to_string(),
        pointer: lines.iter().map(|line| line.pointer.clone()).collect(),
        operator: lines.iter().map(|line| line.operator.clone()).collect(),
        value: lines.into_iter().map(|line| line.value).collect(),
        old: grant.id.to_string(),
        ..GrantForm::default()
    }
}

/// Saves a grant, tries its limits, or gives the form another line.
#[post("/o/{org}/roles/{role}/grants/new")]
pub(super) async fn submit(
    request: HttpRequest,
    app: Data<App>,
    visit: Visit,
    path: Path<RolePath>,
    sent: Form<GrantForm>,
) -> Result<HttpResponse, Problem> {
    let Form(sent) = sent;
    let reading = app.read(visit.caller, visit.organization).await?;
    let role = seen(&reading, path.role)?;
    app.require(&reading, Action::GrantAdd, On::Role(role.id)).await?;
    let shell = Shell::of(&request, &visit, &reading.facts, Section::Tools);
    if sent.act == "more" {
        return page_with(StatusCode::OK, &grant_page(shell, &reading, role, &sent, 1, Errors::none(), &[]));
    }
    let mut wrong = Vec::new();
    let constraints = read(&lines(&sent.pointer, &sent.operator, &sent.value), &mut wrong);
    let mut errors = Errors::none();
    let (server, tools) = chosen(&reading, &sent, &mut errors);
    if let Some(first) = wrong.first() {
        errors.note("limits", &first.reason);
    }
    let (Some(server), Some(tools), true) = (server, tools, errors.is_empty()) else {
        let view = grant_page(shell, &reading, role, &sent, 0, errors, &wrong);
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &view);
    };
    if sent.act == "try" {
        return page_with(StatusCode::OK, &trying(shell, &reading, role, &sent, &constraints));
    }
    let old = sent.old.parse().ok().and_then(|id| reading.facts.grant(id)).filter(|old| old.role == role.id);
    let there = Redirect::to(format!("/o/{}/roles/{}", visit.slug, role.id));
    let id = role.id;
    match save(&app, &visit, id, server, (tools, constraints), old.map(|old| Grant::clone(old))).await {
        Ok(()) => Ok(there.saying("The grant is saved. It counts from the next call on.").into()),
        Err(error) => match again(error, &["server", "tools"], "tools")? {
            Again::Wrong(errors) => {
                let view = grant_page(shell, &reading, role, &sent, 0, errors, &[]);
                page_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
            }
            Again::Stale(_) => Ok(there.into()),
        },
    }
}

/// Saves a grant; one that takes another's place does so in the same change, unless the two are of different servers.
async fn save(
    app: &App,
    visit: &Visit,
    role: RoleId,
    server: ServerId,
    (tools, constraints): (ToolPattern, Vec<Constraint>),
    old: Option<Grant>,
) -> Result<(), app::Error> {
    let same = old.as_ref().filter(|old| old.server == server).map(|old| old.id);
    let wanted = Regrant { add: vec![(role, tools, constraints)], remove: same.into_iter().collect() };
    app.change(visit.request(), |planning| regrant(planning, server, wanted)).await?;
    if let Some(old) = old.filter(|old| old.server != server) {
        app.change(visit.request(), |planning| remove_grant(planning, role, old.id)).await?;
    }
    Ok(())
}

/// Takes a grant from a role.
#[post("/o/{org}/roles/{role}/grants/{grant}/remove")]
pub(super) async fn remove(
    app: Data<App>,
    visit: Visit,
    path: Path<GrantPath>,
    form: Form<NoFields>,
) -> Result<HttpResponse, Problem> {
    let Form(NoFields {}) = form;
    let there = Redirect::to(format!("/o/{}/roles/{}", visit.slug, path.role));
    match app.change(visit.request(), |p| remove_grant(p, path.role, path.grant)).await {
        Ok(changed) => {
            let text = format!("The grant is gone, after {} ms.", changed.receipt.took_ms);
            Ok(there.saying(text).into())
        }
        Err(app::Error::NotFound(FactKind::Grant)) => Ok(there.saying("The grant was gone already.").into()),
        Err(error) => Err(error.into()),
    }
}

fn may(reading: &Reading, role: &Role) -> Result<(), Problem> {
    match Ability::of(reading, Action::GrantAdd, On::Role(role.id)).reason {
        Some(reason) => Err(Problem::new(Code::Forbidden).detail(reason)),
        None => Ok(()),
    }
}

fn chosen(
    reading: &Reading,
    sent: &GrantForm,
    errors: &mut Errors,
) -> (Option<ServerId>, Option<ToolPattern>) {
    let server = sent.server.parse().ok().filter(|id| reading.facts.server(*id).is_some());
    if server.is_none() {
        errors.note("server", "choose a server");
    }
    (server, take(errors, "tools", sent.tools.trim()))
}

fn trying(
    shell: Shell,
    reading: &Reading,
    role: &Role,
    sent: &GrantForm,
    limits: &[Constraint],
) -> GrantPage {
    let text = if sent.arguments.trim().is_empty() { "{}" } else { sent.arguments.trim() };
    let mut errors = Errors::none();
    let tried = match serde_json::from_str::<Value>(text) {
        Ok(arguments) => {
            let stops = limits.iter().find(|limit| !limit.holds(&arguments));
            let stops = stops.map(|limit| crate::pages::servers::all_in_words(std::slice::from_ref(limit)));
            Some(Tried { holds: stops.is_none(), stops: stops.unwrap_or_default() })
        }
        Err(wrong) => {
            errors.note("arguments", &format!("expected JSON; {wrong}"));
            None
        }
    };
    let mut page = grant_page(shell, reading, role, sent, 0, errors, &[]);
    page.tried = tried;
    page
}

fn grant_page(
    shell: Shell,
    reading: &Reading,
    role: &Role,
    form: &GrantForm,
    more: usize,
    errors: Errors,
    wrong: &[app::FieldError],
) -> GrantPage {
    let facts = &reading.facts;
    let mut servers: Vec<Choice> = facts
        .list_servers(None)
        .filter(|server| server.is_active())
        .map(|server| Choice::new(server.id.to_string(), server.name.to_string()))
        .collect();
    servers.sort_by_cached_key(|choice| choice.label.to_lowercase());
    let chosen = form.server.parse().ok();
    let names = chosen.into_iter().flat_map(|id: ServerId| facts.tools_of(id));
    let first = std::iter::once(Choice::new("", "Choose a server"));
    let server = FieldView::new("server", "Server").choices(first.chain(servers)).value(&form.server);
    let tools = FieldView::new("tools", "Tools")
        .hint("A tool's exact name, or a pattern: create_* reaches everything that begins with create_, * every tool.")
        .value(&form.tools);
    let arguments = FieldView::new("arguments", "Arguments of a call, as JSON")
        .hint("Only for trying; nothing is called and nothing is kept.")
        .value(&form.arguments)
        .optional();
    let mut shown = lines(&form.pointer, &form.operator, &form.value);
    let count = shown.len().saturating_add(more).clamp(LINES, MOST_LINES);
    shown.resize(count, Line::default());
    let error = |at: usize| {
        let field = format!("limit-{at}");
        wrong.iter().find(|wrong| wrong.field == field).map(|wrong| wrong.reason.clone()).unwrap_or_default()
    };
    GrantPage {
        there: shell.path(&format!("/roles/{}", role.id)),
        role: role.name.to_string(),
        server: server.wrong(&errors),
        tools: tools.wrong(&errors),
        names: names.map(|tool| tool.name.to_string()).take(200).collect(),
        lines: shown.into_iter().enumerate().map(|(at, line)| Shown { line, error: error(at) }).collect(),
        operators: OPERATORS,
        arguments: arguments.wrong(&errors),
        tried: None,
        old: form.old.clone(),
        errors,
        shell,
    }
}
