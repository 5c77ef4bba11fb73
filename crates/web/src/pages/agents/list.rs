//! `/o/{org}/agents`

use std::collections::{BTreeMap, BTreeSet};

use actix_web::web::{Data, Query};
use actix_web::{Error, HttpRequest, HttpResponse, get};
use app::evidence::AgentCount;
use app::{App, Reading};
use askama::Template;
use decision::{Action, On};
use model::{AgentId, Holder, PrincipalId, UserId, WorkspaceId};

use super::filter::Filter;
use super::look::say;
use super::rows::{Row, usage};
use crate::Problem;
use crate::pages::picture::{Spark, percent};
use crate::pages::{Choice, Moment, Section, Shell, Who, filters, page};
use crate::session::Visit;

/// As many as are read without losing the place.
const ON_A_PAGE: usize = 50;
/// Quiet: nothing for a month, while it still holds access.
const QUIET: chrono::TimeDelta = chrono::TimeDelta::days(30);
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
    let filter = filter.into_inner();
    let reading = app.read(visit.caller, visit.organization).await.map_err(Problem::from)?;
    let shell = Shell::of(&request, &visit, &reading.facts, Section::Agents);
    let active = if filter.quiet.is_empty() { None } else { Some(active(&app, &visit, &reading).await?) };
    let mut found = filter.of(&reading, active.as_ref());
    let total = found.len();
    if let Ok(after) = filter.after.parse::<AgentId>() {
        found.retain(|agent| agent.id < after);
    }
    let more = found.len() > ON_A_PAGE;
    found.truncate(ON_A_PAGE);
    let usage = usage(&app, visit.organization, &reading, &found).await?;
    let mut weeks = weeks(&app, &visit, &reading, &found).await?;
    let next = found.last().filter(|_| more).map(|last| filter.query(&last.id.to_string()));
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
    let template = Page {
        lede: lede(&reading, total, filter.narrows()),
        owners: owners(&reading, &filter.owner),
        workspaces: workspaces(&reading, &filter.workspace),
        any_pause: rows.iter().any(|listed| listed.row.can_pause),
        rows,
        total,
        next,
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

fn lede(reading: &Reading, total: usize, narrowed: bool) -> String {
    let one =
        |n: usize, one: &str, many: &str| if n == 1 { format!("1 {one}") } else { format!("{n} {many}") };
    if narrowed {
        return format!("{} here.", one(total, "agent is", "agents are"));
    }
    let owners: BTreeSet<UserId> = reading
        .facts
        .list_agents(None)
        .filter(|agent| reading.may(Action::AgentRead, On::Agent(agent.id)))
        .map(|agent| agent.owner)
        .collect();
    match total {
        0 => String::new(),
        _ => format!(
            "{} for {}. Each has an id of its own and a person who answers for it.",
            one(total, "agent acts", "agents act"),
            one(owners.len(), "person", "people")
        ),
    }
}

/// The agents that were seen within a month.
async fn active(app: &App, visit: &Visit, reading: &Reading) -> Result<BTreeSet<AgentId>, Problem> {
    let since = reading.now - QUIET;
    let used: BTreeSet<_> = app
        .key_usage(visit.organization)
        .await?
        .into_iter()
        .filter(|usage| usage.at >= since)
        .map(|usage| usage.key)
        .collect();
    let seen = |key: &model::Key| used.contains(&key.id) || key.created_at >= since;
    let holder = |key: &model::Key| match key.holder {
        Holder::Agent(id) => Some(id),
        Holder::Robot(_) | Holder::Gateway(_) | Holder::User(_) | Holder::Directory(_) => None,
    };
    let agents = reading.facts.list_agents(None);
    let idle = agents.filter(|agent| !matches!(agent.state, model::AgentState::Live)).map(|agent| agent.id);
    let keys = reading.facts.list_keys(None);
    Ok(keys.filter(|key| seen(key)).filter_map(|key| holder(key)).chain(idle).collect())
}

fn owners(reading: &Reading, chosen: &str) -> Vec<Choice> {
    let ids: BTreeSet<UserId> = reading
        .facts
        .list_agents(None)
        .filter(|agent| reading.may(Action::AgentRead, On::Agent(agent.id)))
        .map(|agent| agent.owner)
        .collect();
    let mut owners: Vec<(String, UserId)> =
        ids.into_iter().filter_map(|id| reading.facts.user(id)).map(|u| (u.name.to_string(), u.id)).collect();
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
