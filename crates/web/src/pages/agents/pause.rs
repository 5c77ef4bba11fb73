//! `/o/{org}/agents/{agent}/pause` and `…/resume`

use actix_web::web::{Data, Path};
use actix_web::{Error, HttpRequest, HttpResponse, get, post};
use app::{App, agents};
use decision::Action;
use model::AgentState;
use serde::Deserialize;

use super::AgentPath;
use super::look::Looked;
use crate::pages::again::wrong;
use crate::pages::{Confirm, Consequence, Errors, FieldView, Flash, Redirect, Section, Shell, Tone};
use crate::session::{Form, NoFields, Visit};

/// Why.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Why {
    reason: String,
}

/// Shows what pausing means, and asks why.
#[get("/o/{org}/agents/{agent}/pause")]
pub(super) async fn ask(
    app: Data<App>,
    request: HttpRequest,
    visit: Visit,
    path: Path<AgentPath>,
) -> Result<HttpResponse, Error> {
    let looked = Looked::at(&app, &visit, path.agent).await?;
    looked.require(Action::AgentPause)?;
    let shell = Shell::of(&request, &visit, &looked.reading.facts, Section::Agents);
    let consequence = consequence(&shell, &looked, "", &Errors::none());
    Ok(Confirm::page(shell, consequence)?)
}

/// Holds it; reversible.
#[post("/o/{org}/agents/{agent}/pause")]
pub(super) async fn pause(
    app: Data<App>,
    request: HttpRequest,
    visit: Visit,
    path: Path<AgentPath>,
    form: Form<Why>,
) -> Result<HttpResponse, Error> {
    let looked = Looked::at(&app, &visit, path.agent).await?;
    let shell = Shell::of(&request, &visit, &looked.reading.facts, Section::Agents);
    let back = shell.path(&format!("/agents/{}", path.agent));
    if matches!(looked.agent.state, AgentState::Paused(_)) {
        let text = format!("{} was paused already.", looked.agent.name);
        return Ok(Redirect::to(back).flashing(Flash { tone: Tone::Mind, text }).response());
    }
    let reason = form.0.reason;
    if reason.trim().is_empty() {
        let errors = Errors::none().with("reason", "Say why: whoever wants to resume it will read it.");
        let consequence = consequence(&shell, &looked, &reason, &errors);
        return Ok(Confirm::again(shell, consequence, errors)?);
    }
    match app.change(visit.request(), |planning| agents::pause(planning, path.agent, &reason)).await {
        Ok(changed) => {
            let took = changed.receipt.took_ms;
            let said = format!(
                "{} is paused. Its very next call is refused: every node knows after {took} ms.",
                looked.agent.name
            );
            Ok(Redirect::to(back).saying(said).response())
        }
        Err(error) => {
            let errors = wrong(error, &["reason"])?;
            let consequence = consequence(&shell, &looked, &reason, &errors);
            Ok(Confirm::again(shell, consequence, errors)?)
        }
    }
}

/// Lets it act again. Only a button: nothing is taken away by it.
#[post("/o/{org}/agents/{agent}/resume")]
pub(super) async fn resume(
    app: Data<App>,
    visit: Visit,
    path: Path<AgentPath>,
    _form: Form<NoFields>,
) -> Result<HttpResponse, Error> {
    let looked = Looked::at(&app, &visit, path.agent).await?;
    let back = format!("/o/{}/agents/{}", visit.slug, path.agent);
    let name = &looked.agent.name;
    let flash = match looked.agent.state {
        AgentState::Live => Flash { tone: Tone::Mind, text: format!("{name} is live already.") },
        _ => match app.change(visit.request(), |planning| agents::resume(planning, path.agent)).await {
            Ok(_) => Flash { tone: Tone::Done, text: format!("{name} may act again.") },
            Err(app::Error::Conflict { detail, .. }) => {
                Flash { tone: Tone::Failed, text: format!("{name} could not be resumed: {detail}.") }
            }
            Err(error) => return Err(crate::Problem::from(error).into()),
        },
    };
    Ok(Redirect::to(back).flashing(flash).response())
}

fn consequence(shell: &Shell, looked: &Looked, reason: &str, errors: &Errors) -> Consequence {
    let path = shell.path(&format!("/agents/{}", looked.agent.id));
    let why = FieldView::new("reason", "Reason")
        .hint("Stands in the evidence, and on the agent's page until it is resumed.")
        .value(reason)
        .wrong(errors);
    Consequence {
        title: format!("Pause {}?", looked.agent.name),
        sentence: "Its very next call is refused, on every gateway. Its keys and its scope stay as they are, for when it is resumed.".to_owned(),
        button: "Pause it".to_owned(),
        action: format!("{path}/pause"),
        back: path,
        fields: vec![why],
        ..Consequence::default()
    }
}
