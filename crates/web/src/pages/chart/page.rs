use actix_web::web::{Data, Query};
use actix_web::{HttpRequest, HttpResponse, get};
use app::App;
use askama::Template;
use decision::{Action, On};
use serde::Deserialize;

use super::tree::{Branch, Leaf, branches, robots};
use crate::Problem;
use crate::pages::cut::Cut;
use crate::pages::query::query;
use crate::pages::{Choice, Seal, Section, Shell, filters, page, workspaces};
use crate::session::Visit;

/// So many robots stand in the chart; more are counted, and their list is one link away.
const ROBOTS: usize = 24;

/// Which part of the organization.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Filter {
    workspace: String,
    after: String,
}

#[derive(Template)]
#[template(path = "chart.html")]
struct ChartPage {
    shell: Shell,
    organization: uuid::Uuid,
    workspace: String,
    places: Vec<Choice>,
    cut: Cut<Branch>,
    robots: Vec<Leaf>,
    more_robots: usize,
    agents: usize,
}

impl ChartPage {
    fn following(&self, after: &str) -> String {
        self.shell.path(&format!("/chart{}", query(&[("workspace", &self.workspace), ("after", after)])))
    }
}

/// Draws who answers for what.
#[get("/o/{org}/chart")]
pub(super) async fn chart(
    request: HttpRequest,
    app: Data<App>,
    visit: Visit,
    filter: Query<Filter>,
) -> Result<HttpResponse, Problem> {
    let reading = app.read(visit.caller, visit.organization).await?;
    if !reading.may(Action::MemberRead, On::Organization) {
        return Err(Problem::not_found());
    }
    let filter = filter.into_inner();
    let seen = reading
        .facts
        .list_workspaces(None)
        .filter(|place| reading.may(Action::WorkspaceRead, On::Workspace(place.id)));
    let mut places: Vec<(model::WorkspaceId, Choice)> = seen
        .map(|place| {
            let choice = Choice::new(workspaces::path(place), place.name.to_string());
            (place.id, Choice { is_chosen: choice.value == filter.workspace, ..choice })
        })
        .collect();
    places.sort_by_cached_key(|(_, choice)| choice.label.to_lowercase());
    let chosen = places.iter().find(|(_, choice)| choice.is_chosen).map(|(id, _)| *id);
    if chosen.is_none() && !filter.workspace.is_empty() {
        return Err(Problem::not_found());
    }
    let branches = branches(&reading, chosen);
    let agents = branches.iter().map(|branch| branch.agents.len().saturating_add(branch.more)).sum();
    let mut robots = robots(&reading, chosen);
    let more_robots = robots.len().saturating_sub(ROBOTS);
    robots.truncate(ROBOTS);
    page(&ChartPage {
        shell: Shell::of(&request, &visit, &reading.facts, Section::People),
        organization: visit.organization.uuid(),
        workspace: filter.workspace,
        places: places.into_iter().map(|(_, choice)| choice).collect(),
        cut: Cut::of(branches, &filter.after, |branch| branch.id.to_string()),
        robots,
        more_robots,
        agents,
    })
}
