//! `/o/{org}/agents/pause`: several at once. Pausing is the only thing that is done to several: it can be undone.

use actix_web::web::Data;
use actix_web::{Error, HttpRequest, HttpResponse, get, post};
use app::{App, Reading, agents};
use decision::{Action, On};
use model::{AgentId, AgentState};
use serde::Deserialize;

use crate::Problem;
use crate::pages::{Confirm, Consequence, FieldView, Flash, Redirect, Section, Shell, Tone};
use crate::session::{Form, Visit};

/// As many as a page of the list has.
const AT_ONCE: usize = 50;

/// Which ones, and why.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    agent: Vec<AgentId>,
    reason: String,
}

/// Shows what pausing them means. They are named in the query, one `agent` for each.
#[get("/o/{org}/agents/pause")]
pub(super) async fn ask(app: Data<App>, request: HttpRequest, visit: Visit) -> Result<HttpResponse, Error> {
    let reading = app.read(visit.caller, visit.organization).await.map_err(Problem::from)?;
    let named = url::form_urlencoded::parse(request.query_string().as_bytes())
        .filter(|(name, _)| name == "agent")
        .filter_map(|(_, value)| value.parse().ok());
    let chosen = pausable(&reading, named);
    let shell = Shell::of(&request, &visit, &reading.facts, Section::Agents);
    if chosen.is_empty() {
        let back = shell.path("/agents");
        let text = "Choose at least one live agent that you answer for, then pause.".to_owned();
        return Ok(Redirect::to(back).flashing(Flash { tone: Tone::Mind, text }).response());
    }
    let consequence = consequence(&shell, &reading, &chosen);
    Ok(Confirm::page(shell, consequence)?)
}

/// Pauses them, one after the other.
#[post("/o/{org}/agents/pause")]
pub(super) async fn pause(app: Data<App>, visit: Visit, form: Form<Wanted>) -> Result<HttpResponse, Error> {
    let Wanted { agent, reason } = form.0;
    let (mut paused, mut not) = (0_usize, 0_usize);
    for id in agent.into_iter().take(AT_ONCE) {
        match app.change(visit.request(), |planning| agents::pause(planning, id, &reason)).await {
            Ok(_) => paused += 1,
            Err(app::Error::Unavailable(error)) => return Err(Problem::from(error).into()),
            Err(_) => not += 1,
        }
    }
    let back = format!("/o/{}/agents", visit.slug);
    let said = match (paused, not) {
        (1, 0) => "1 agent is paused. Its very next call is refused.".to_owned(),
        (n, 0) => format!("{n} agents are paused. Their very next calls are refused."),
        (n, not) => {
            format!("{n} are paused. {not} could not be: they were not live any more, or are not yours.")
        }
    };
    let tone = if not == 0 { Tone::Done } else { Tone::Mind };
    Ok(Redirect::to(back).flashing(Flash { tone, text: said }).response())
}

fn pausable(reading: &Reading, named: impl Iterator<Item = AgentId>) -> Vec<AgentId> {
    named
        .take(AT_ONCE)
        .filter(|id| reading.why_not(Action::AgentPause, On::Agent(*id)).is_none())
        .filter(|id| reading.facts.agent(*id).is_some_and(|agent| matches!(agent.state, AgentState::Live)))
        .collect()
}

fn consequence(shell: &Shell, reading: &Reading, chosen: &[AgentId]) -> Consequence {
    let names: Vec<String> =
        chosen.iter().filter_map(|id| reading.facts.agent(*id)).map(|agent| agent.name.to_string()).collect();
    let n = chosen.len();
    Consequence {
        title: if n == 1 { "Pause 1 agent?".to_owned() } else { format!("Pause {n} agents?") },
        sentence: format!(
            "{}. Their very next calls are refused. Their keys stay, for when they are resumed.",
            names.join(", ")
        ),
        button: if n == 1 { "Pause it".to_owned() } else { format!("Pause {n} agents") },
        action: shell.path("/agents/pause"),
        back: shell.path("/agents"),
        hidden: chosen.iter().map(|id| ("agent".to_owned(), id.to_string())).collect(),
        fields: vec![
            FieldView::new("reason", "Reason").hint("Stands in the evidence, and on the page of each agent."),
        ],
        ..Consequence::default()
    }
}
