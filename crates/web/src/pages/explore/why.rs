//! `/o/{org}/explore`: may somebody do one thing, and why.

use actix_web::web::{Data, Query};
use actix_web::{Error, HttpRequest, HttpResponse, get};
use app::evidence::{Asked, Explored, MOST_WAYS, explore as ask};
use app::{App, Reading};
use askama::Template;
use decision::{Action, Decision, On, Reason, Through};
use model::{PrincipalId, Server};
use serde::Deserialize;

use super::examples::{Example, may_it};
use super::pick::{self, Pick};
use super::steps::{Asks, NextStep, next_steps};
use crate::Problem;
use crate::pages::audit::path::{Link, path as links};
use crate::pages::query::query;
use crate::pages::{Errors, Moment, Section, Shell, filters, page};
use crate::session::Visit;

#[derive(Template)]
#[template(path = "explore/why.html")]
struct Page {
    shell: Shell,
    who: Pick,
    server: Pick,
    workspace: Pick,
    tool: String,
    tools: Vec<String>,
    errors: Errors,
    answer: Option<Answer>,
    examples: Vec<Example>,
    /// Whether the one who reads may ask who can do something.
    asks_who: bool,
}

/// What a gateway would be answered.
struct Answer {
    sentence: String,
    is_allowed: bool,
    say: String,
    ways: Vec<Way>,
    is_cut: bool,
    steps: Vec<NextStep>,
    call: String,
    at: Moment,
    revision: u64,
}

/// A way by which it may or may not be done.
struct Way {
    title: String,
    is_allowed: bool,
    say: &'static str,
    links: Vec<Link>,
}

/// The question, as the address has it: `agent:<id>`, the slug of a server, the name of a tool, the slug of a workspace.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Line {
    who: String,
    server: String,
    tool: String,
    workspace: String,
}

/// Asks, and shows the answer link by link.
#[get("/o/{org}/explore")]
pub(super) async fn explore(
    app: Data<App>,
    request: HttpRequest,
    visit: Visit,
    line: Query<Line>,
) -> Result<HttpResponse, Error> {
    let reading = app.read(visit.caller, visit.organization).await.map_err(Problem::from)?;
    let shell = Shell::of(&request, &visit, &reading.facts, Section::Explore);
    let is_asked = !(line.who.is_empty() && line.server.is_empty() && line.tool.is_empty());
    let (answer, errors) = match is_asked.then(|| answer(&app, &reading, &shell, &line)) {
        Some(Ok(answer)) => (Some(answer), Errors::none()),
        Some(Err(errors)) => (None, errors),
        None => (None, Errors::none()),
    };
    let examples = if is_asked {
        Vec::new()
    } else {
        may_it(&app, &reading, &visit, &shell).await.map_err(Problem::from)?
    };
    let template = Page {
        who: pick::who(&reading, &line.who),
        server: pick::server(&reading, &line.server),
        workspace: pick::workspace(&reading, &line.workspace),
        tools: pick::tools(&reading.facts, &line.server),
        tool: line.tool.clone(),
        asks_who: reading.may(Action::DecisionRead, On::Evidence(None)),
        errors,
        answer,
        examples,
        shell,
    };
    Ok(page(&template)?)
}

fn answer(app: &App, reading: &Reading, shell: &Shell, line: &Line) -> Result<Answer, Errors> {
    let who = pick::resolve(reading, &line.who).map_err(|wrong| Errors::none().with("who", wrong))?;
    let name = reading.facts.name_of(who).unwrap_or_default().to_owned();
    let server = pick::find_server(reading, &line.server)
        .ok_or_else(|| Errors::none().with("server", "Choose a server."))?;
    let tool = line.tool.trim();
    if tool.is_empty() {
        return Err(Errors::none().with("tool", "Name the tool, exactly as its server does."));
    }
    let workspace = Some(line.workspace.trim()).filter(|slug| !slug.is_empty());
    let asked = Asked { principal: who, server: server.id, tool, workspace, arguments: None };
    let Explored { decision, ways, .. } = ask(reading, &asked)
        .map_err(|_| Errors::none().with("who", "You may ask this of yourself and of your own agents."))?;
    let asks = Asks { who, server, tool, workspace };
    Ok(Answer {
        sentence: sentence(&name, tool, server, &decision, &ways),
        is_allowed: decision.is_allowed(),
        say: say(&decision, &ways),
        is_cut: ways.len() >= MOST_WAYS,
        steps: next_steps(reading, shell, &asks, ways.first().unwrap_or(&decision)),
        ways: if ways.is_empty() {
            vec![way(reading, &decision)]
        } else {
            ways.iter().map(|one| way(reading, one)).collect()
        },
        call: call(app, shell, &asks),
        at: shell.zone.exact(reading.now),
        revision: reading.facts.revision().0,
    })
}

fn sentence(name: &str, tool: &str, server: &Server, decision: &Decision, ways: &[Decision]) -> String {
    let somewhere = ways.iter().any(Decision::is_allowed);
    match (decision.is_allowed(), decision.reason()) {
        (true, _) => format!("Yes. {name} may use {tool} on {}.", server.name),
        (false, Reason::WorkspaceRequired) if somewhere => {
            format!(
                "Only where the call says in which workspace. There {name} may use {tool} on {}.",
                server.name
            )
        }
        _ => format!("No. {name} may not use {tool} on {}.", server.name),
    }
}

/// Why, by the way that comes nearest.
fn say(decision: &Decision, ways: &[Decision]) -> String {
    let nearest = ways.first().filter(|_| !decision.is_allowed()).unwrap_or(decision);
    let reason =
        if decision.reason() == Reason::WorkspaceRequired { decision.reason() } else { nearest.reason() };
    reason.say().to_owned()
}

fn way(reading: &Reading, decision: &Decision) -> Way {
    let facts = &reading.facts;
    let place = decision.workspace.as_ref().and_then(|place| facts.workspace(place.id));
    let grant = decision.steps.iter().find_map(|step| match step.through {
        Some(Through::Grant(id)) => facts.grant(id),
        _ => None,
    });
    let role = grant.and_then(|grant| facts.role(grant.role)).map(|role| role.name.to_string());
    let place = place.map_or_else(|| "No workspace".to_owned(), |place| place.name.to_string());
    let title = role.map_or_else(|| place.clone(), |role| format!("{place}, by the role {role}"));
    Way {
        title,
        is_allowed: decision.is_allowed(),
        say: decision.reason().say(),
        links: links(facts, &decision.steps),
    }
}

/// The same question, asked of the API.
fn call(app: &App, shell: &Shell, asks: &Asks<'_>) -> String {
    let id = PrincipalId::uuid(asks.who).to_string();
    let fields = query(&[
        ("principal", &id),
        ("server", asks.server.slug.as_str()),
        ("tool", asks.tool),
        ("workspace", asks.workspace.unwrap_or_default()),
    ]);
    // What a shell would take for the end of the quotation is escaped by the encoding of the query.
    let address =
        format!("{}/v1/orgs/{}/access/why{}", app.public_url, shell.place.slug, fields.replace('\'', "%27"));
    format!("curl -H \"Authorization: Bearer $ANSWERABLE_KEY\" '{address}'")
}
