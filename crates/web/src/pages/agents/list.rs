//! `/o/{org}/agents`

use std::collections::{BTreeMap, BTreeSet};

use actix_web::web::{Data, Query};
use actix_web::{Error, HttpRequest, HttpResponse, get};
use app::evidence::AgentCount;
use app::{App, Reading};
use askama::Template;
use decision::{Action, On};
use model::{AgentId, PrincipalId, UserId, WorkspaceId};

use super::filter::{Filter, visible};
use super::look::say;
use super::order::Seen;
use super::rows::{Row, usage};
use crate::Problem;
use crate::pages::picture::{Spark, percent};
use crate::pages::{Choice, Moment, Section, Shell, Who, filters, page};
use crate::session::Visit;

/// A select with more people than this is no help; the name filter is.
const OFFERED: usize = 500;

#[derive(Template)]
#[template(path = "agents/list.html")]
struct Page {
    shell: Shell,
    lede: String,
    filter: Filter,
    owners: Vec<Choice>,
    workspaces: Vec<Choice>,
    rows: Vec<Listed>,
    total: usize,
    next: Option<String>,
    no_new: &'static str,
    any_pause: bool,
    is_narrowed: bool,
}

impl Page {
    /// The same list in another order; the other way round where it is in that order already.
    fn sorted(&self, by: &str) -> String {
        let sort = if self.filter.sort == by { format!("-{by}") } else { by.to_owned() };
        self.filter.query(&sort, "")
    }

    /// For `aria-sort`: which way the list is in that order. The last seen come first, and so does the latest.
    fn order(&self, by: &str) -> &'static str {
        let sort = self.filter.sort.as_str();
        if sort.trim_start_matches('-') != by {
            return "none";
        }
        if sort.starts_with('-') == (by == "seen") { "ascending" } else { "descending" }
    }
}

/// A row with its times as a person reads them.
struct Listed {
    row: Row,
    who: Who,
    ends: Option<Moment>,
    seen: Option<Moment>,
    week: Option<Week>,
}

/// What it called in a week.
struct Week {
    spark: Spark,
    calls: u64,
    denied: String,
}

/// Lists the agents that the visitor may see.
#[get("/o/{org}/agents")]
pub(super) async fn list(
    app: Data<App>,
    request: HttpRequest,
    visit: Visit,
    filter: Query<Filter>,
) -> Result<HttpResponse, Error> {
    let filter = filter.into_inner().read();
    let reading = app.read(visit.caller, visit.organization).await.map_err(Problem::from)?;
    let shell = Shell::of(&request, &visit, &reading.facts, Section::Agents);
    let seen = if filter.asks_when_seen() {
        app.agents_seen(&reading, visit.organization).await.map_err(Problem::from)?
    } else {
        Seen::new()
    };
    let found = filter.of(&reading, &seen);
    let total = found.len();
    let (found, next) = filter.order().page(found, &seen, &filter.after);
    let usage = usage(&app, visit.organization, &reading, &found).await?;
    let mut weeks = weeks(&app, &visit, &reading, &found).await?;
    let mut listed = |agent: &std::sync::Arc<model::Agent>| {
        let can_pause = reading.why_not(Action::AgentPause, On::Agent(agent.id)).is_none();
        let row = Row::of(&reading, agent, &usage, can_pause);
        let href = shell.path(&format!("/agents/{}", agent.id));
        Listed {
            who: Who::agent(&reading.facts, agent).linked(href),
            ends: row.ends_at.map(|end| shell.zone.day(end)),
            seen: row.seen_at.map(|at| shell.zone.ago(at)),
            week: weeks.remove(&agent.id),
            row,
        }
    };
    let rows: Vec<Listed> = found.iter().map(&mut listed).collect();
    let new = On::NewAgent(AgentId::MIN, visit.user);
    let answering = answering(&reading);
    let template = Page {
        lede: lede(total, answering.len(), filter.narrows()),
        owners: owners(&reading, answering, &filter.owner),
        workspaces: workspaces(&reading, &filter.workspace),
        any_pause: rows.iter().any(|listed| listed.row.can_pause),
        rows,
        total,
        next: next.map(|next| filter.query(&filter.sort, &next)),
        no_new: say(reading.why_not(Action::AgentCreate, new)),
        is_narrowed: filter.narrows(),
        filter,
        shell,
    };
    Ok(page(&template)?)
}

/// What these agents called in the last seven days, where the visitor may see it.
async fn weeks(
    app: &App,
    visit: &Visit,
    reading: &Reading,
    agents: &[std::sync::Arc<model::Agent>],
) -> Result<BTreeMap<AgentId, Week>, Problem> {
    let ids: Vec<PrincipalId> = agents.iter().map(|agent| PrincipalId::Agent(agent.id)).collect();
    let from = reading.now - chrono::TimeDelta::days(6);
    let counts = app.agent_counts(reading, visit.organization, &ids, from, 7).await?;
    let week = |count: AgentCount| {
        let (allowed, denied) = count.total();
        let week = Week {
            spark: Spark::new(&count.days),
            calls: allowed + denied,
            denied: percent(allowed, denied),
        };
        match count.id {
            PrincipalId::Agent(id) => Some((id, week)),
            PrincipalId::User(_) | PrincipalId::Robot(_) => None,
        }
    };
    Ok(counts.into_iter().filter_map(week).collect())
}

fn lede(total: usize, owners: usize, narrowed: bool) -> String {
    let one =
        |n: usize, one: &str, many: &str| if n == 1 { format!("1 {one}") } else { format!("{n} {many}") };
    if narrowed {
        return format!("{} here.", one(total, "agent is", "agents are"));
    }
    match total {
        0 => String::new(),
        _ => format!(
            "{} for {}. Each has an id of its own and a person who answers for it.",
            one(total, "agent acts", "agents act"),
            one(owners, "person", "people")
        ),
    }
}

/// Who answers for the agents that the visitor may see.
fn answering(reading: &Reading) -> BTreeSet<UserId> {
    let may = visible(reading);
    reading.facts.list_agents(None).filter(|agent| may(agent.id)).map(|agent| agent.owner).collect()
}

fn owners(reading: &Reading, answering: BTreeSet<UserId>, chosen: &str) -> Vec<Choice> {
    let mut owners: Vec<(String, UserId)> = answering
        .into_iter()
        .filter_map(|id| reading.facts.user(id))
        .map(|u| (u.name.to_string(), u.id))
        .collect();
    owners.sort();
    owners.truncate(OFFERED);
    let owners = owners.into_iter().map(|(name, id)| Choice::new(id.to_string(), name));
    choices("Anybody", owners, chosen)
}

fn workspaces(reading: &Reading, chosen: &str) -> Vec<Choice> {
    let seen = |id: WorkspaceId| reading.may(Action::WorkspaceRead, On::Workspace(id));
    let mut workspaces: Vec<(String, WorkspaceId)> = reading
        .facts
        .list_workspaces(None)
        .filter(|workspace| seen(workspace.id))
        .map(|workspace| (workspace.name.to_string(), workspace.id))
        .collect();
    workspaces.sort();
    choices("Any", workspaces.into_iter().map(|(name, id)| Choice::new(id.to_string(), name)), chosen)
}

/// Choices of a filter, the first of which does not narrow.
pub(crate) fn choices(any: &str, of: impl Iterator<Item = Choice>, chosen: &str) -> Vec<Choice> {
    std::iter::once(Choice::new("", any))
        .chain(of)
        .map(|choice| Choice { is_chosen: choice.value == chosen, ..choice })
        .collect()
}
