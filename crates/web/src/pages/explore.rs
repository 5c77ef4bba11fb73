//! `/o/{org}/explore`: may somebody do one thing, and why. The same evaluator that answers gateways, asked of the facts
//! as they are now.

use actix_web::web::{Data, Query};
use actix_web::{Error, HttpRequest, HttpResponse, get};
use app::evidence::{Asked, explore as ask};
use app::{App, Reading};
use askama::Template;
use decision::{Action, On};
use model::PrincipalId;
use serde::Deserialize;

use super::agents::look::shell;
use super::audit::path::{Link, path as links};
use super::{Choice, Section, Shell, filters, page};
use crate::Problem;
use crate::session::Visit;

#[derive(Template)]
#[template(path = "explore.html")]
struct Page {
    shell: Shell,
    whos: Vec<Choice>,
    servers: Vec<Choice>,
    workspaces: Vec<Choice>,
    tool: String,
    wrong: &'static str,
    answer: Option<Answer>,
}

/// What a gateway would be answered.
struct Answer {
    sentence: String,
    is_allowed: bool,
    say: &'static str,
    links: Vec<Link>,
}

/// The question, as the URL has it: `agent:<id>`, the slug of a server, the name of a tool, the slug of a workspace.
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
    let shell = shell(&reading, &request, &visit, Section::Explore);
    let (answer, wrong) = match answer(&reading, &line) {
        Ok(answer) => (answer, ""),
        Err(wrong) => (None, wrong),
    };
    let template = Page {
        whos: whos(&reading, &line.who),
        servers: servers(&reading, &line.server),
        workspaces: workspaces(&reading, &line.workspace),
        tool: line.tool.clone(),
        wrong,
        answer,
        shell,
    };
    Ok(page(&template)?)
}

fn principal(text: &str) -> Option<PrincipalId> {
    let (kind, id) = text.split_once(':')?;
    match kind {
        "agent" => id.parse().ok().map(PrincipalId::Agent),
        "robot" => id.parse().ok().map(PrincipalId::Robot),
        "user" => id.parse().ok().map(PrincipalId::User),
        _ => None,
    }
}

fn answer(reading: &Reading, line: &Line) -> Result<Option<Answer>, &'static str> {
    if line.who.is_empty() && line.server.is_empty() && line.tool.is_empty() {
        return Ok(None);
    }
    let who = principal(&line.who).ok_or("Choose who it is about.")?;
    let name = reading.facts.name_of(who).ok_or("There is nobody of that id here.")?;
    let server = reading.facts.server_by_slug(&line.server).ok_or("Choose a server.")?;
    if line.tool.trim().is_empty() {
        return Err("Name the tool, exactly as its server does.");
    }
    let workspace = Some(line.workspace.as_str()).filter(|slug| !slug.is_empty());
    let asked =
        Asked { principal: who, server: server.id, tool: line.tool.trim(), workspace, arguments: None };
    let found = ask(reading, &asked).map_err(|_| "You may ask this of yourself and of your own agents.")?;
    let decision = found.decision;
    let is_allowed = decision.is_allowed();
    let sentence = if is_allowed {
        format!("Yes. {name} may use {} on {}.", line.tool, server.name)
    } else {
        format!("No. {name} may not use {} on {}.", line.tool, server.name)
    };
    Ok(Some(Answer {
        sentence,
        is_allowed,
        say: decision.reason().say(),
        links: links(&reading.facts, &decision.steps),
    }))
}

fn whos(reading: &Reading, chosen: &str) -> Vec<Choice> {
    let facts = &reading.facts;
    let agents = facts
        .list_agents(None)
        .filter(|agent| reading.may(Action::AgentRead, On::Agent(agent.id)))
        .map(|agent| (format!("agent:{}", agent.id), format!("{} (agent)", agent.name)));
    let robots = facts
        .list_robots(None)
        .filter(|robot| reading.may(Action::RobotRead, On::Robot(robot.id)))
        .map(|robot| (format!("robot:{}", robot.id), format!("{} (robot)", robot.name)));
    let people = facts
        .list_members(None)
        .filter(|member| reading.may(Action::DecisionRead, On::Evidence(Some(member.user))))
        .filter_map(|member| facts.user(member.user))
        .map(|user| (format!("user:{}", user.id), format!("{} (person)", user.name)));
    chosen_of("Choose", agents.chain(robots).chain(people), chosen)
}

fn servers(reading: &Reading, chosen: &str) -> Vec<Choice> {
    let servers = reading
        .facts
        .list_servers(None)
        .filter(|server| server.is_active() && reading.may(Action::ServerRead, On::Server(server.id)))
        .map(|server| (server.slug.to_string(), server.name.to_string()));
    chosen_of("Choose", servers, chosen)
}

fn workspaces(reading: &Reading, chosen: &str) -> Vec<Choice> {
    let workspaces = reading
        .facts
        .list_workspaces(None)
        .filter(|workspace| reading.may(Action::WorkspaceRead, On::Workspace(workspace.id)))
        .map(|workspace| (workspace.slug.to_string(), workspace.name.to_string()));
    chosen_of("The one that offers it", workspaces, chosen)
}

fn chosen_of(none: &str, of: impl Iterator<Item = (String, String)>, chosen: &str) -> Vec<Choice> {
    std::iter::once((String::new(), none.to_owned()))
        .chain(of)
        .map(|(value, label)| Choice { is_chosen: value == chosen, ..Choice::new(value, label) })
        .collect()
}
