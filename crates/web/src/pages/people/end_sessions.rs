use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get, post};
use app::{App, Reading, members};
use model::OrganizationMembership;
use serde::Deserialize;

use super::sessions::consequence;
use super::{PersonPath, seen};
use crate::Problem;
use crate::pages::again::wrong;
use crate::pages::{Confirm, Consequence, Redirect, Section, Shell};
use crate::session::{Form, Visit};

/// Why sessions end.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct EndForm {
    pub(super) reason: String,
}

/// Says what ends with all sessions of a person.
#[get("/o/{org}/people/{person}/sessions/end")]
pub(super) async fn show(
    request: HttpRequest,
    app: Data<App>,
    visit: Visit,
    path: Path<PersonPath>,
) -> Result<HttpResponse, Problem> {
    let reading = app.read(visit.caller, visit.organization).await?;
    let member = seen(&reading, &path)?;
    let asked = asked(&app, &visit, &reading, &member, String::new()).await?;
    Confirm::page(Shell::of(&request, &visit, &reading.facts, Section::People), asked)
}

/// Ends all sessions of a person.
#[post("/o/{org}/people/{person}/sessions/end")]
pub(super) async fn submit(
    request: HttpRequest,
    app: Data<App>,
    visit: Visit,
    path: Path<PersonPath>,
    form: Form<EndForm>,
) -> Result<HttpResponse, Problem> {
    let Form(EndForm { reason }) = form;
    let person = path.person;
    let changed = app.change(visit.request(), |p| members::end_sessions(p, person, &reason)).await;
    let Err(error) = changed else {
        let there = Redirect::to(format!("/o/{}/people/{person}", visit.slug));
        return Ok(there.saying("They are signed in here nowhere any more.").into());
    };
    let errors = wrong(error, &["reason"])?;
    let reading = app.read(visit.caller, visit.organization).await?;
    let member = seen(&reading, &path)?;
    let asked = asked(&app, &visit, &reading, &member, reason).await?;
    Confirm::again(Shell::of(&request, &visit, &reading.facts, Section::People), asked, errors)
}

async fn asked(
    app: &App,
    visit: &Visit,
    reading: &Reading,
    member: &OrganizationMembership,
    reason: String,
) -> Result<Consequence, Problem> {
    let sessions = app.sessions_here(reading, visit.organization, member.user).await?;
    let counts = vec![(sessions.len(), "Browsers in which they are signed in here".to_owned())];
    let what = ("Every browser in which they are signed in", "sessions/end");
    Ok(Consequence { counts, ..consequence(visit, reading, member, what, reason) })
}
