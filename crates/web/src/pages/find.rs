//! `/o/{org}/find`: people, agents, workspaces, robots, servers and pages by a part of their name. The palette shows the
//! same list.

use actix_web::web::{Data, Query};
use actix_web::{Error, HttpRequest, HttpResponse, get};
use app::{App, Reading};
use askama::Template;
use decision::{Action, On};
use serde::Deserialize;

use super::shell::RAIL;
use super::{Section, Shell, filters, page};
use crate::Problem;
use crate::session::Visit;

/// More hits than are read at a glance help nobody; another letter does.
const MOST: usize = 20;

/// What is looked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    q: String,
}

#[derive(Template)]
#[template(path = "find.html")]
struct Page {
    shell: Shell,
    q: String,
    hits: Vec<Hit>,
}

/// Something that was found.
struct Hit {
    name: String,
    kind: &'static str,
    icon: &'static str,
    href: String,
}

/// Finds things by a part of their name.
#[get("/o/{org}/find")]
pub(super) async fn find(
    app: Data<App>,
    request: HttpRequest,
    visit: Visit,
    asked: Query<Asked>,
) -> Result<HttpResponse, Error> {
    let reading = app.read(visit.caller, visit.organization).await.map_err(Problem::from)?;
    let shell = Shell::of(&request, &visit, &reading.facts, Section::Elsewhere);
    let needle = asked.q.trim().to_lowercase();
    let mut hits: Vec<Hit> = pages(&shell).chain(things(&reading, &shell)).collect();
    hits.retain(|hit| hit.name.to_lowercase().contains(&needle));
    // What begins so is meant more often than what has it somewhere.
    hits.sort_by_key(|hit| !hit.name.to_lowercase().starts_with(&needle));
    hits.truncate(MOST);
    Ok(page(&Page { q: asked.into_inner().q, hits, shell })?)
}

fn pages(shell: &Shell) -> impl Iterator<Item = Hit> {
    RAIL.iter().flat_map(|group| group.items).map(|item| Hit {
        name: item.name.to_owned(),
        kind: "Page",
        icon: item.icon,
        href: shell.path(item.path),
    })
}

fn things<'a>(reading: &'a Reading, shell: &'a Shell) -> impl Iterator<Item = Hit> + 'a {
    let facts = &reading.facts;
    let hit = |name: &str, kind, icon, path: String| Hit {
        name: name.to_owned(),
        kind,
        icon,
        href: shell.path(&path),
    };
    let agents = facts
        .list_agents(None)
        .filter(|agent| reading.may(Action::AgentRead, On::Agent(agent.id)))
        .map(move |agent| hit(agent.name.as_str(), "Agent", "fingerprint", format!("/agents/{}", agent.id)));
    let people = facts
        .list_members(None)
        .filter(|member| reading.may(Action::MemberRead, On::Member(member.user)))
        .filter_map(|member| facts.user(member.user))
        .map(move |user| hit(user.name.as_str(), "Person", "user", format!("/people/{}", user.id)));
    let workspaces = facts
        .list_workspaces(None)
        .filter(|workspace| reading.may(Action::WorkspaceRead, On::Workspace(workspace.id)))
        .map(move |w| hit(w.name.as_str(), "Workspace", "door-open", format!("/workspaces/{}", w.slug)));
    let robots = facts
        .list_robots(None)
        .filter(|robot| reading.may(Action::RobotRead, On::Robot(robot.id)))
        .map(move |robot| hit(robot.name.as_str(), "Robot", "bot", format!("/robots/{}", robot.id)));
    let servers = facts
        .list_servers(None)
        .filter(|server| server.is_active() && reading.may(Action::ServerRead, On::Server(server.id)))
        .map(move |server| {
            hit(server.name.as_str(), "Server", "server", format!("/servers/{}", server.slug))
        });
    agents.chain(people).chain(workspaces).chain(robots).chain(servers)
}
