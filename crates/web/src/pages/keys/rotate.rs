//! `/o/{org}/keys/{key}/rotate`

use actix_web::web::{Data, Path};
use actix_web::{Error, HttpRequest, HttpResponse, get, post};
use app::{App, Reading, keys as use_cases, version_of};
use decision::{Action, On};
use model::{Key, KeyKind};
use serde::Deserialize;

use super::create::section;
use super::grace::{LEAKED, choices, how, said};
use super::reveal::{About, Secret, once, slip};
use super::row::holder as called;
use super::{KeyPath, find};
use crate::Problem;
use crate::pages::again::wrong;
use crate::pages::{Confirm, Consequence, Errors, FieldView, Shell};
use crate::session::{Form, Fresh, Visit};

/// When the old one ends, on which version.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    grace: String,
    slip: String,
    version: String,
}

/// Asks when the old key ends.
#[get("/o/{org}/keys/{key}/rotate")]
pub(super) async fn ask(
    app: Data<App>,
    request: HttpRequest,
    visit: Fresh<Visit>,
    path: Path<KeyPath>,
) -> Result<HttpResponse, Error> {
    let (reading, key) = find(&app, &visit.0, path.key).await?;
    if let Some(reason) = reading.why_not(Action::KeyRotate, On::KeysOf(key.holder)) {
        return Err(Problem::denied(reason).into());
    }
    let shell = Shell::of(&request, &visit.0, &reading.facts, section(key.holder));
    let typed = Typed { slip: slip(&app), version: version_of(&key.clone().into()), grace: String::new() };
    let consequence = consequence(&shell, &reading, &key, &typed, &Errors::none());
    Ok(Confirm::page(shell, consequence)?)
}

/// Replaces it, and shows the new one once.
#[post("/o/{org}/keys/{key}/rotate")]
pub(super) async fn rotate(
    app: Data<App>,
    request: HttpRequest,
    visit: Fresh<Visit>,
    path: Path<KeyPath>,
    form: Form<Typed>,
) -> Result<HttpResponse, Error> {
    let visit = visit.0;
    let (reading, key) = find(&app, &visit, path.key).await?;
    let shell = Shell::of(&request, &visit, &reading.facts, section(key.holder));
    let typed = form.0;
    let rotation = how(&typed.grace);
    let make = Box::pin(async {
        let change = app::Request { if_match: Some(typed.version.clone()), ..visit.request() };
        let rotated =
            app.change(change, |planning| use_cases::rotate(planning, key.id, rotation)).await?.value;
        let about = About {
            holder: called(&reading.facts, key.holder).0,
            back: shell.path(&format!("/keys/{}", rotated.minted.key.id)),
            note: said(&typed.grace, "The old key"),
        };
        Ok((about, vec![Secret::of(key.name.as_str(), &rotated.minted.token)]))
    });
    match once(&app, &visit, &typed.slip, make).await {
        Ok(response) => Ok(response),
        Err(error) => {
            let errors = wrong(error, &["grace"])?;
            let consequence = consequence(&shell, &reading, &key, &typed, &errors);
            Ok(Confirm::again(shell, consequence, errors)?)
        }
    }
}

fn consequence(shell: &Shell, reading: &Reading, key: &Key, typed: &Typed, errors: &Errors) -> Consequence {
    let usual = match key.holder.key_kind() {
        KeyKind::Robot | KeyKind::Gateway => "86400",
        _ => "900",
    };
    let chosen = if typed.grace.is_empty() { usual } else { &typed.grace };
    let (holder, _) = called(&reading.facts, key.holder);
    Consequence {
        title: format!("Rotate {} of {holder}?", key.name),
        sentence: "You get a new key and see it once. Until the old one ends both count, so no call fails while you put the new one in place.".to_owned(),
        button: "Rotate it".to_owned(),
        action: shell.path(&format!("/keys/{}/rotate", key.id)),
        back: shell.path(&format!("/keys/{}", key.id)),
        hidden: vec![("slip".to_owned(), typed.slip.clone()), ("version".to_owned(), typed.version.clone())],
        fields: vec![FieldView::new("grace", "When does the old key end?").choices(choices()).value(chosen).wrong(errors)],
        is_final: chosen == LEAKED,
        ..Consequence::default()
    }
}
