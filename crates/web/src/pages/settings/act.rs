//! The stop button, and the end of the organization with its undoing.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get, post};
use app::{App, Reading, organizations};
use decision::{Action, On};
use serde::Deserialize;

use super::danger::Counts;
use super::{administers, may, present};
use crate::Problem;
use crate::pages::again::wrong;
use crate::pages::{Confirm, Consequence, Errors, FieldView, Flash, Redirect, Section, Shell, Tone};
use crate::serving::UndoWindow;
use crate::session::{Form, Fresh, Visit};

/// Why, and the name where it has to be typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ActForm {
    reason: String,
    confirm: String,
}

fn back(visit: &Visit) -> String {
    format!("/o/{}/settings/danger", visit.slug)
}

/// Says what the stop button does. It asks for no fresh proof: whoever needs it needs it now, and it can be released.
#[get("/o/{org}/settings/danger/stop")]
pub(super) async fn ask_stop(
    request: HttpRequest,
    app: Data<App>,
    visit: Visit,
) -> Result<HttpResponse, Problem> {
    let reading = administers(&app, &visit).await?;
    may(&reading, Action::OrganizationStopAgents, On::Organization)?;
    let asked = stopping(&visit, &reading, "", &Errors::none());
    Confirm::page(Shell::of(&request, &visit, &reading.facts, Section::Settings), asked)
}

/// Presses it.
#[post("/o/{org}/settings/danger/stop")]
pub(super) async fn stop(
    request: HttpRequest,
    app: Data<App>,
    visit: Visit,
    sent: Form<ActForm>,
) -> Result<HttpResponse, Problem> {
    let reading = administers(&app, &visit).await?;
    if present(&reading)?.agents_are_stopped() {
        return Ok(Redirect::to(back(&visit)).saying("Every agent was stopped already.").into());
    }
    if sent.0.reason.trim().is_empty() {
        let errors = unsaid();
        let asked = stopping(&visit, &reading, "", &errors);
        return Confirm::again(Shell::of(&request, &visit, &reading.facts, Section::Settings), asked, errors);
    }
    match app.change(visit.request(), |p| organizations::stop_agents(p, &sent.0.reason)).await {
        Ok(changed) => {
            let said =
                format!("Every agent is stopped. Every node knows after {} ms.", changed.receipt.took_ms);
            Ok(Redirect::to(back(&visit)).saying(said).into())
        }
        Err(error) => {
            let errors = wrong(error, &["reason"])?;
            let asked = stopping(&visit, &reading, &sent.0.reason, &errors);
            Confirm::again(Shell::of(&request, &visit, &reading.facts, Section::Settings), asked, errors)
        }
    }
}

/// Releases it.
#[post("/o/{org}/settings/danger/release")]
pub(super) async fn release(
    app: Data<App>,
    visit: Visit,
    _sent: Form<ActForm>,
) -> Result<HttpResponse, Problem> {
    let reading = administers(&app, &visit).await?;
    let there = Redirect::to(back(&visit));
    if !present(&reading)?.agents_are_stopped() {
        return Ok(there.saying("The stop button was released already.").into());
    }
    match app
        .change(visit.request(), |p| {
            organizations::release_agents(p, "released on the page of the stop button")
        })
        .await
    {
        Ok(_) => Ok(there.saying("Released. Each agent is again what its own state says.").into()),
        Err(error) => {
            Ok(there.flashing(Flash { tone: Tone::Failed, text: wrong(error, &[])?.text() }).into())
        }
    }
}

/// Says what the end of the organization means.
#[get("/o/{org}/settings/danger/delete")]
pub(super) async fn ask_delete(
    request: HttpRequest,
    app: Data<App>,
    window: Data<UndoWindow>,
    visit: Fresh<Visit>,
) -> Result<HttpResponse, Problem> {
    let visit = visit.0;
    let reading = administers(&app, &visit).await?;
    may(&reading, Action::OrganizationDelete, On::Organization)?;
    let asked = ending(&visit, &reading, &window, "", &Errors::none())?;
    Confirm::page(Shell::of(&request, &visit, &reading.facts, Section::Settings), asked)
}

/// Begins its end.
#[post("/o/{org}/settings/danger/delete")]
pub(super) async fn delete(
    request: HttpRequest,
    app: Data<App>,
    window: Data<UndoWindow>,
    visit: Fresh<Visit>,
    sent: Form<ActForm>,
) -> Result<HttpResponse, Problem> {
    let (visit, ActForm { reason, confirm }) = (visit.0, sent.0);
    let reading = administers(&app, &visit).await?;
    let name = present(&reading)?.name;
    let mut errors = if reason.trim().is_empty() { unsaid() } else { Errors::none() };
    if confirm.trim() != name.as_str() {
        errors.note("confirm", "type the name exactly as it is shown");
    }
    if errors.is_empty() {
        match app.change(visit.request(), |p| organizations::delete(p, &reason, window.0)).await {
            Ok(_) => {
                let said = format!(
                    "{name} is ending. Everything in it is refused from now on; until its rows go, you can undo it."
                );
                return Ok(Redirect::to(back(&visit)).saying(said).into());
            }
            Err(error) => errors = wrong(error, &["reason"])?,
        }
    }
    let asked = ending(&visit, &reading, &window, &reason, &errors)?;
    Confirm::again(Shell::of(&request, &visit, &reading.facts, Section::Settings), asked, errors)
}

/// Takes its end back.
#[post("/o/{org}/settings/danger/undelete")]
pub(super) async fn undelete(
    app: Data<App>,
    visit: Fresh<Visit>,
    _sent: Form<ActForm>,
) -> Result<HttpResponse, Problem> {
    let visit = visit.0;
    let there = Redirect::to(back(&visit));
    match app.change(visit.request(), |p| organizations::undelete(p, "taken back in the danger zone")).await {
        Ok(_) => Ok(there.saying("The end is taken back. Everybody and everything is as it was.").into()),
        Err(error) => {
            Ok(there.flashing(Flash { tone: Tone::Failed, text: wrong(error, &[])?.text() }).into())
        }
    }
}

/// What is wrong where nothing is said.
fn unsaid() -> Errors {
    Errors::none().with("reason", "Say why: whoever looks at it later will read it.")
}

fn why(reason: &str, errors: &Errors) -> Vec<FieldView> {
    let hint = "Stands in the evidence, and on the overview while it lasts.";
    vec![FieldView::new("reason", "Reason").hint(hint).value(reason).wrong(errors)]
}

fn stopping(visit: &Visit, reading: &Reading, reason: &str, errors: &Errors) -> Consequence {
    Consequence {
        title: "Stop every agent?".to_owned(),
        sentence: "From the next call on every agent at work here is refused, those of guests too, whatever its own state. People and robots work on. It can be released at any time.".to_owned(),
        counts: vec![(Counts::of(reading).agents, "Agents of the organization".to_owned())],
        button: "Stop every agent".to_owned(),
        action: format!("{}/stop", back(visit)),
        back: back(visit),
        fields: why(reason, errors),
        ..Consequence::default()
    }
}

fn ending(
    visit: &Visit,
    reading: &Reading,
    window: &UndoWindow,
    reason: &str,
    errors: &Errors,
) -> Result<Consequence, Problem> {
    let counts = Counts::of(reading);
    let name = present(reading)?.name.to_string();
    Ok(Consequence {
        title: format!("Delete {name}?"),
        sentence: format!(
            "Everything in it is refused from this moment on. For {} days an owner can undo it here; then its people, agents, keys and evidence are gone for ever, and its address is never given again.",
            window.0.num_days()
        ),
        counts: vec![
            (counts.people, "People who lose it".to_owned()),
            (counts.agents, "Agents that stop".to_owned()),
            (counts.robots, "Robots that stop".to_owned()),
            (counts.keys, "Keys that end".to_owned()),
            (counts.workspaces, "Workspaces".to_owned()),
            (counts.servers, "Servers".to_owned()),
        ],
        button: "Delete the organization".to_owned(),
        action: format!("{}/delete", back(visit)),
        back: back(visit),
        fields: why(reason, errors),
        type_name: Some(name),
        ..Consequence::default()
    })
}
