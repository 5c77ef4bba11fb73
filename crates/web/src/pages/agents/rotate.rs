//! `/o/{org}/agents/{agent}/rotate`: every live key of it at once.

use actix_web::web::{Data, Path};
use actix_web::{Error, HttpRequest, HttpResponse, get, post};
use app::{App, keys as use_cases};
use decision::Action;
use model::{Holder, KeyState};
use serde::Deserialize;

use super::AgentPath;
use super::look::Looked;
use crate::pages::again::wrong;
use crate::pages::keys::grace::{LEAKED, choices, how, said};
use crate::pages::keys::reveal::{About, Secret, once, slip};
use crate::pages::{Confirm, Consequence, Errors, FieldView, Section, Shell};
use crate::session::{Form, Fresh, Visit};

/// How long the old ones still count, and why.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct How {
    grace: String,
    reason: String,
    slip: String,
}

/// Asks how long the old keys still count.
#[get("/o/{org}/agents/{agent}/rotate")]
pub(super) async fn ask(
    app: Data<App>,
    request: HttpRequest,
    visit: Fresh<Visit>,
    path: Path<AgentPath>,
) -> Result<HttpResponse, Error> {
    let looked = Looked::at(&app, &visit.0, path.agent).await?;
    looked.require_with_keys(Action::KeyRotate)?;
    let shell = Shell::of(&request, &visit.0, &looked.reading.facts, Section::Agents);
    let how = How { slip: slip(&app), ..How::default() };
    let consequence = consequence(&shell, &looked, &how, &Errors::none());
    Ok(Confirm::page(shell, consequence)?)
}

/// Replaces them, and shows the new ones once.
#[post("/o/{org}/agents/{agent}/rotate")]
pub(super) async fn rotate(
    app: Data<App>,
    request: HttpRequest,
    visit: Fresh<Visit>,
    path: Path<AgentPath>,
    form: Form<How>,
) -> Result<HttpResponse, Error> {
    let visit = visit.0;
    let looked = Looked::at(&app, &visit, path.agent).await?;
    let shell = Shell::of(&request, &visit, &looked.reading.facts, Section::Agents);
    let wanted = form.0;
    let rotation = how(&wanted.grace);
    let make = Box::pin(async {
        let holder = Holder::Agent(path.agent);
        let changed = app
            .change(visit.request(), |p| use_cases::rotate_all(p, holder, rotation, &wanted.reason))
            .await?;
        let secrets: Vec<Secret> = changed
            .value
            .rotated
            .iter()
            .map(|rotated| Secret::of(rotated.minted.key.name.as_str(), &rotated.minted.token))
            .collect();
        if secrets.is_empty() {
            let detail = "none of its keys could be replaced: no live one is left".to_owned();
            return Err(app::Error::Conflict { code: "state", detail });
        }
        let about = About {
            holder: looked.agent.name.to_string(),
            back: shell.path(&format!("/agents/{}/keys", path.agent)),
            note: said(&wanted.grace, "The old keys"),
        };
        Ok((about, secrets))
    });
    match once(&app, &visit, &wanted.slip, make).await {
        Ok(response) => Ok(response),
        Err(error) => {
            let errors = wrong(error, &["reason", "grace"])?;
            let consequence = consequence(&shell, &looked, &wanted, &errors);
            Ok(Confirm::again(shell, consequence, errors)?)
        }
    }
}

fn consequence(shell: &Shell, looked: &Looked, how: &How, errors: &Errors) -> Consequence {
    let path = shell.path(&format!("/agents/{}/keys", looked.agent.id));
    let live = looked
        .reading
        .facts
        .keys_of(Holder::Agent(looked.agent.id))
        .filter(|key| matches!(key.state, KeyState::Live) && key.counts_at(looked.reading.now))
        .count();
    let grace = if how.grace.is_empty() { "900" } else { &how.grace };
    let leaked = how.grace == LEAKED;
    Consequence {
        title: format!("Rotate all keys of {}?", looked.agent.name),
        sentence: "Each live key gets a successor, which you see once. Both count until the old one ends, so no call fails meanwhile.".to_owned(),
        counts: vec![(live, "live keys".to_owned())],
        button: "Rotate all keys".to_owned(),
        action: shell.path(&format!("/agents/{}/rotate", looked.agent.id)),
        back: path,
        hidden: vec![("slip".to_owned(), how.slip.clone())],
        fields: vec![
            FieldView::new("grace", "When do the old keys end?").choices(choices()).value(grace).wrong(errors),
            FieldView::new("reason", "Reason").optional().hint("Stands in the evidence.").value(&how.reason).wrong(errors),
        ],
        is_final: leaked,
        ..Consequence::default()
    }
}
