//! `/o/{org}/explore/who`: who may use a tool, and by which links.

use actix_web::web::{Data, Query};
use actix_web::{Error, HttpRequest, HttpResponse, get};
use app::evidence::{Held, Holders, holders};
use app::{App, Reading};
use askama::Template;
use decision::{Action, On};
use model::{PrincipalId, Snapshot, Tool};
use serde::Deserialize;

use super::columns::Columns;
use super::examples::{Example, who_may};
use super::graph::Graph;
use super::pick::{self, Pick};
use crate::pages::query::query;
use crate::pages::{Errors, Section, Shell, filters, page};
use crate::session::Visit;
use crate::{Problem, csv};

/// Paths that are drawn: more cannot be told apart.
const DRAWN: usize = 24;
/// Rows of the table: what is read at all. The file has all of them.
const ROWS: usize = 200;

#[derive(Template)]
#[template(path = "explore/who.html")]
struct Page {
    shell: Shell,
    server: Pick,
    workspace: Pick,
    tool: String,
    tools: Vec<String>,
    errors: Errors,
    answer: Option<Answer>,
    examples: Vec<Example>,
}

struct Answer {
    sentence: String,
    graph: Option<Graph>,
    drawn: usize,
    total: usize,
    rows: Vec<Row>,
    is_cut: bool,
    asked_about: usize,
    sheet: String,
}

/// Somebody who may.
struct Row {
    name: String,
    kind: String,
    href: Option<String>,
    workspace: String,
    role: String,
    role_href: Option<String>,
    grant: String,
    why: String,
}

/// The question, as the address has it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Line {
    server: String,
    tool: String,
    workspace: String,
}

/// Asks who may use a tool.
#[get("/o/{org}/explore/who")]
pub(super) async fn who(
    app: Data<App>,
    request: HttpRequest,
    visit: Visit,
    line: Query<Line>,
) -> Result<HttpResponse, Error> {
    let reading = app.read(visit.caller, visit.organization).await.map_err(Problem::from)?;
    reading.check(Action::DecisionRead, On::Evidence(None)).map_err(Problem::from)?;
    let shell = Shell::of(&request, &visit, &reading.facts, Section::Explore);
    let is_asked = !(line.server.is_empty() && line.tool.is_empty());
    let (answer, errors) = match is_asked.then(|| asked(&reading, &line)) {
        Some(Ok((tool, found))) => (Some(Answer::of(&reading, &shell, &line, tool, &found)), Errors::none()),
        Some(Err(errors)) => (None, errors),
        None => (None, Errors::none()),
    };
    let examples = if is_asked {
        Vec::new()
    } else {
        who_may(&app, &reading, &visit, &shell).await.map_err(Problem::from)?
    };
    let template = Page {
        server: pick::server(&reading, &line.server),
        workspace: pick::workspace(&reading, &line.workspace),
        tools: pick::tools(&reading.facts, &line.server),
        tool: line.tool.clone(),
        errors,
        answer,
        examples,
        shell,
    };
    Ok(page(&template)?)
}

/// The same as a file.
#[get("/o/{org}/explore/who.csv")]
pub(super) async fn who_csv(app: Data<App>, visit: Visit, line: Query<Line>) -> Result<HttpResponse, Error> {
    let reading = app.read(visit.caller, visit.organization).await.map_err(Problem::from)?;
    reading.check(Action::DecisionRead, On::Evidence(None)).map_err(Problem::from)?;
    let (tool, found) =
        asked(&reading, &line).map_err(|wrong| Problem::invalid_field("tool", &wrong.text()))?;
    let mut text =
        csv::line(["kind", "id", "name", "owner", "workspace", "role", "grant", "tool", "at_revision"]);
    let revision = reading.facts.revision().0.to_string();
    for held in &found.held {
        let [person, acting, workspace, role, grant] = names(&reading.facts, held);
        let name = if acting.is_empty() { &person } else { &acting };
        let owner = if held.owner.is_some() { person.as_str() } else { "" };
        let id = held.principal.uuid().to_string();
        text.push_str(&csv::line([
            pick::kind(held.principal),
            &id,
            name,
            owner,
            &workspace,
            &role,
            &grant,
            tool.name.as_str(),
            &revision,
        ]));
    }
    Ok(csv::sheet(&format!("who-may-{}", visit.slug), text))
}

fn asked<'r>(reading: &'r Reading, line: &Line) -> Result<(&'r Tool, Holders), Errors> {
    let server = pick::find_server(reading, &line.server)
        .ok_or_else(|| Errors::none().with("server", "Choose a server."))?;
    let name = line.tool.trim();
    if name.is_empty() {
        return Err(Errors::none().with("tool", "Name the tool, exactly as its server does."));
    }
    let tool = reading
        .facts
        .tool_by_name(server.id, name)
        .ok_or_else(|| Errors::none().with("tool", "The server has no tool of that name."))?;
    let workspace = line.workspace.trim();
    let place = reading.facts.workspace_by_slug(workspace).map(|place| place.id);
    if !workspace.is_empty() && place.is_none() {
        return Err(Errors::none().with("workspace", "There is no such workspace."));
    }
    let found =
        holders(reading, tool.id, place).map_err(|error| Errors::none().with("tool", error.to_string()))?;
    Ok((tool, found))
}

/// The names along a path: person or organization, who acts (empty: the person), workspace, role, grant.
fn names(facts: &Snapshot, held: &Held) -> [String; 5] {
    let name = |id| facts.name_of(id).unwrap_or_default().to_owned();
    let (person, acting) = match (held.principal, held.owner) {
        (PrincipalId::User(_), _) => (name(held.principal), String::new()),
        (acting, Some(owner)) => (name(PrincipalId::User(owner)), name(acting)),
        (acting, None) => {
            (facts.organization().map(|o| o.name.to_string()).unwrap_or_default(), name(acting))
        }
    };
    let workspace = facts.workspace(held.workspace).map(|place| place.name.to_string()).unwrap_or_default();
    let role = held.role.and_then(|id| facts.role(id)).map(|role| role.name.to_string()).unwrap_or_default();
    let grant = held.grant.and_then(|id| facts.grant(id));
    let grant = grant.map(|grant| {
        let limited = if grant.constraints.is_empty() { "" } else { ", with some arguments" };
        format!("{}{limited}", grant.tools)
    });
    [person, acting, workspace, role, grant.unwrap_or_default()]
}

impl Answer {
    fn of(reading: &Reading, shell: &Shell, line: &Line, tool: &Tool, found: &Holders) -> Self {
        let facts = &reading.facts;
        let total = found.held.len();
        let sentence = match total {
            0 => format!("Nobody may use {}.", tool.name),
            1 => format!("One may use {}.", tool.name),
            more if found.is_cut => format!(
                "More than {} may use {}.",
                crate::pages::filters::grouped(&more.to_string()),
                tool.name
            ),
            more => format!("{} may use {}.", crate::pages::filters::grouped(&more.to_string()), tool.name),
        };
        let mut columns = Columns::default();
        for held in found.held.iter().take(DRAWN) {
            columns.add(&path(facts, held, tool));
        }
        columns.order();
        let fields = [("server", line.server.as_str()), ("tool", &line.tool), ("workspace", &line.workspace)];
        Self {
            sentence,
            graph: (total > 0).then(|| Graph::new(&columns)),
            drawn: total.min(DRAWN),
            total,
            rows: found.held.iter().take(ROWS).map(|held| Row::of(facts, shell, held, line)).collect(),
            is_cut: found.is_cut,
            asked_about: found.asked_about,
            sheet: format!("{}{}", shell.path("/explore/who.csv"), query(&fields)),
        }
    }
}

/// What a path goes through, by key and label.
fn path(facts: &Snapshot, held: &Held, tool: &Tool) -> Vec<(String, String)> {
    let [person, acting, workspace, role, grant] = names(facts, held);
    let person_key = match (held.principal, held.owner) {
        (PrincipalId::User(id), _) | (_, Some(id)) => id.to_string(),
        (_, None) => "organization".to_owned(),
    };
    let key = |id: Option<String>| id.unwrap_or_default();
    // A person acts without anybody between: only a line goes through that column.
    let acting_key =
        if acting.is_empty() { format!("through {person_key}") } else { held.principal.uuid().to_string() };
    vec![
        (person_key, person),
        (acting_key, acting),
        (held.workspace.to_string(), workspace),
        (key(held.role.map(|id| id.to_string())), role),
        (key(held.grant.map(|id| id.to_string())), grant),
        (tool.id.to_string(), tool.name.to_string()),
    ]
}

impl Row {
    fn of(facts: &Snapshot, shell: &Shell, held: &Held, line: &Line) -> Self {
        let [person, acting, workspace, role, grant] = names(facts, held);
        let href = match held.principal {
            PrincipalId::Agent(id) => format!("/agents/{id}"),
            PrincipalId::Robot(id) => format!("/robots/{id}"),
            PrincipalId::User(id) => format!("/people/{id}"),
        };
        let principal = pick::written(held.principal);
        let slug = facts.workspace(held.workspace).map(|place| place.slug.to_string()).unwrap_or_default();
        let why = [
            ("who", principal.as_str()),
            ("server", &line.server),
            ("tool", &line.tool),
            ("workspace", &slug),
        ];
        Self {
            kind: match (held.principal, held.owner) {
                (PrincipalId::Agent(_), Some(_)) => format!("Agent of {person}"),
                (PrincipalId::Robot(_), _) => format!("Robot of {person}"),
                _ => "Person".to_owned(),
            },
            name: if acting.is_empty() { person } else { acting },
            href: Some(shell.path(&href)),
            workspace,
            role,
            role_href: held.role.map(|id| shell.path(&format!("/roles/{id}"))),
            grant,
            why: format!("{}{}", shell.path("/explore"), query(&why)),
        }
    }
}
