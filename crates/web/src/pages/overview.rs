//! `/o/{org}`: what is going on, and what waits for somebody.

use actix_web::web::Data;
use actix_web::{Error, HttpRequest, HttpResponse, get};
use app::evidence::{DecisionFilter, Page as Part};
use app::{App, Reading, workspaces};
use askama::Template;
use chrono::TimeDelta;
use decision::{Action, On, Verdict};
use model::{AgentId, AgentState, Holder, InvitationState};

use super::agents::look::{say, shell, why_not};
use super::{Moment, Section, Shell, filters, page};
use crate::Problem;
use crate::session::Visit;

/// What ends within two weeks is shown: a person looks here at least weekly.
const SOON: TimeDelta = TimeDelta::days(14);
/// As many as show what is going on; the rest is on the pages of the agents.
const RECENT: u64 = 12;
/// What lies further back says nothing of now.
const BACK: TimeDelta = TimeDelta::days(2);

#[derive(Template)]
#[template(path = "overview.html")]
struct Page {
    shell: Shell,
    lede: String,
    waiting: usize,
    ending: usize,
    first_end: Option<Moment>,
    unowned: usize,
    paused: usize,
    has_agents: bool,
    no_new: &'static str,
    decided: Vec<Decided>,
    allowed: usize,
    denied: usize,
}

/// A decision, ready to be shown.
struct Decided {
    at: Moment,
    actor: String,
    owner: String,
    what: String,
    is_allowed: bool,
    say: &'static str,
}

/// What is going on.
#[get("/o/{org}")]
pub(super) async fn overview(
    app: Data<App>,
    request: HttpRequest,
    visit: Visit,
) -> Result<HttpResponse, Error> {
    let reading = app.read(visit.caller, visit.organization).await.map_err(Problem::from)?;
    let shell = shell(&reading, &request, &visit, Section::Overview);
    let filter = DecisionFilter {
        action: Some("tools/".to_owned()),
        from: Some(reading.now - BACK),
        ..DecisionFilter::default()
    };
    let found = app.decisions(&reading, visit.organization, filter, Part::first(RECENT)).await;
    let found = found.map_err(Problem::from)?;
    let decided: Vec<Decided> = found
        .iter()
        .map(|stored| Decided {
            at: shell.zone.ago(stored.at),
            actor: stored
                .actor
                .as_ref()
                .map_or_else(|| "nobody known".to_owned(), |party| party.name.clone()),
            owner: stored.owner.as_ref().map(|party| party.name.clone()).unwrap_or_default(),
            what: stored.tool_name.clone().unwrap_or_else(|| stored.action.clone()),
            is_allowed: stored.verdict == Verdict::Allow,
            say: stored.reason.say(),
        })
        .collect();
    let ends = ends(&reading);
    let agents = agents(&reading);
    let count = |state: &str| agents.iter().filter(|(_, word)| *word == state).count();
    let template = Page {
        lede: lede(&reading, agents.len()),
        waiting: waiting(&reading),
        ending: ends.len(),
        first_end: ends.iter().min().map(|end| shell.zone.day(*end)),
        unowned: count("unowned"),
        paused: count("paused"),
        has_agents: !agents.is_empty(),
        no_new: say(why_not(&reading, Action::AgentCreate, On::NewAgent(AgentId::MIN, visit.user))),
        allowed: decided.iter().filter(|decided| decided.is_allowed).count(),
        denied: decided.iter().filter(|decided| !decided.is_allowed).count(),
        decided,
        shell,
    };
    Ok(page(&template)?)
}

/// The agents that the visitor may see and that have not ended, with the words of their states.
fn agents(reading: &Reading) -> Vec<(AgentId, &'static str)> {
    reading
        .facts
        .list_agents(None)
        .filter(|agent| !matches!(agent.state, AgentState::Revoked(_)))
        .filter(|agent| reading.may(Action::AgentRead, On::Agent(agent.id)))
        .map(|agent| (agent.id, agent.state.as_str()))
        .collect()
}

/// When the keys end that end soon.
fn ends(reading: &Reading) -> Vec<model::Timestamp> {
    reading
        .facts
        .list_keys(None)
        .filter(|key| !matches!(key.holder, Holder::User(_)))
        .filter(|key| key.counts_at(reading.now))
        .filter_map(|key| key.effective_end().map(|end| (key.holder, end)))
        .filter(|(_, end)| *end - reading.now < SOON)
        .filter(|(holder, _)| reading.may(Action::KeyRead, On::KeysOf(*holder)))
        .map(|(_, end)| end)
        .collect()
}

/// The invitations that wait and that the visitor may see.
fn waiting(reading: &Reading) -> usize {
    reading
        .facts
        .list_invitations(None)
        .filter(|invitation| matches!(invitation.state, InvitationState::Pending))
        .filter(|invitation| workspaces::may_see(reading, invitation.agent, Some(invitation.invited_by)))
        .count()
}

fn lede(reading: &Reading, agents: usize) -> String {
    let people = reading.facts.list_members(None).filter(|member| member.is_active()).count();
    let one =
        |n: usize, one: &str, many: &str| if n == 1 { format!("1 {one}") } else { format!("{n} {many}") };
    match agents {
        0 => "No agent acts here yet. Every decision will name who answers for it.".to_owned(),
        n => format!(
            "{} for {} here. Every decision names who answers for it.",
            one(n, "agent acts", "agents act"),
            one(people, "person", "people")
        ),
    }
}
