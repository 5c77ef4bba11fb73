//! `/o/{org}/agents/{agent}/revoke`

use actix_web::web::{Data, Path};
use actix_web::{Error, HttpRequest, HttpResponse, get, post};
use app::{App, agents};
use decision::Action;
use model::{AgentState, Holder};
use serde::Deserialize;

use super::AgentPath;
use super::look::Looked;
use crate::pages::again::wrong;
use crate::pages::{Confirm, Consequence, Errors, FieldView, Flash, Redirect, Section, Shell, Tone};
use crate::session::{Form, Fresh, Visit};

/// Why, and the name of what is to end.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Sure {
    reason: String,
    confirm: String,
}

/// Shows what will end, and asks for the name.
#[get("/o/{org}/agents/{agent}/revoke")]
pub(super) async fn ask(
    app: Data<App>,
    request: HttpRequest,
    visit: Fresh<Visit>,
    path: Path<AgentPath>,
) -> Result<HttpResponse, Error> {
    let looked = Looked::at(&app, &visit.0, path.agent).await?;
    looked.require(Action::AgentRevoke)?;
    let shell = Shell::of(&request, &visit.0, &looked.reading.facts, Section::Agents);
    let consequence = consequence(&shell, &looked, "", &Errors::none());
    Ok(Confirm::page(shell, consequence)?)
}

/// Ends it for ever, and its keys with it.
#[post("/o/{org}/agents/{agent}/revoke")]
pub(super) async fn revoke(
    app: Data<App>,
    request: HttpRequest,
    visit: Fresh<Visit>,
    path: Path<AgentPath>,
    form: Form<Sure>,
) -> Result<HttpResponse, Error> {
    let visit = visit.0;
    let looked = Looked::at(&app, &visit, path.agent).await?;
    let shell = Shell::of(&request, &visit, &looked.reading.facts, Section::Agents);
    let back = shell.path(&format!("/agents/{}", path.agent));
    if matches!(looked.agent.state, AgentState::Revoked(_)) {
        let text = format!("{} was revoked already.", looked.agent.name);
        return Ok(Redirect::to(back).flashing(Flash { tone: Tone::Mind, text }).response());
    }
    let Sure { reason, confirm } = form.0;
    let errors = unsure(&looked, &confirm);
    if !errors.is_empty() {
        let consequence = consequence(&shell, &looked, &reason, &errors);
        return Ok(Confirm::again(shell, consequence, errors)?);
    }
    match app.change(visit.request(), |planning| agents::revoke(planning, path.agent, &reason)).await {
        Ok(changed) => {
            let took = changed.receipt.took_ms;
            let said =
                format!("{} is revoked for ever. Refused everywhere after {took} ms.", looked.agent.name);
            Ok(Redirect::to(back).saying(said).response())
        }
        Err(error) => {
            let errors = wrong(error, &["reason"])?;
            let consequence = consequence(&shell, &looked, &reason, &errors);
            Ok(Confirm::again(shell, consequence, errors)?)
        }
    }
}

fn unsure(looked: &Looked, confirm: &str) -> Errors {
    if confirm.trim() == looked.agent.name.as_str() {
        Errors::none()
    } else {
        Errors::none().with("confirm", format!("Type the name exactly: {}", looked.agent.name))
    }
}

fn consequence(shell: &Shell, looked: &Looked, reason: &str, errors: &Errors) -> Consequence {
    let path = shell.path(&format!("/agents/{}", looked.agent.id));
    let keys = looked.reading.facts.keys_of(Holder::Agent(looked.agent.id));
    let keys = keys.filter(|key| key.counts_at(looked.reading.now)).count();
    Consequence {
        title: format!("Revoke {} for ever?", looked.agent.name),
        sentence: "It will never act again, and nobody can bring it back. Everything it did stays in the evidence. To hold it for a while, pause it instead.".to_owned(),
        counts: vec![(keys, "keys that end now".to_owned())],
        button: "Revoke for ever".to_owned(),
        action: format!("{path}/revoke"),
        back: path,
        fields: vec![FieldView::new("reason", "Reason").optional().hint("Stands in the evidence.").value(reason).wrong(errors)],
        type_name: Some(looked.agent.name.to_string()),
        is_final: true,
        ..Consequence::default()
    }
}
