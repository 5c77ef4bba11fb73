use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get, post};
use app::{App, Error, Reading};
use model::{FactKind, OrganizationMembership, SessionId, UserId};
use serde::Deserialize;

use super::end_sessions::EndForm;
use super::sessions::{SessionRow, consequence};
use super::{PersonPath, seen};
use crate::Problem;
use crate::pages::again::wrong;
use crate::pages::{Confirm, Consequence, Flash, Redirect, Section, Shell, Tone};
use crate::session::{Form, Visit};

/// The path of one session of a person.
#[derive(Debug, Deserialize)]
pub(super) struct SessionPath {
    person: UserId,
    session: SessionId,
}

/// Says what ends with a session.
#[get("/o/{org}/people/{person}/sessions/{session}/end")]
pub(super) async fn show(
    request: HttpRequest,
    app: Data<App>,
    visit: Visit,
    path: Path<SessionPath>,
) -> Result<HttpResponse, Problem> {
    let reading = app.read(visit.caller, visit.organization).await?;
    let member = seen(&reading, &PersonPath { person: path.person })?;
    let shell = Shell::of(&request, &visit, &reading.facts, Section::People);
    let asked = asked(&app, &shell, &visit, &reading, (&member, path.session), String::new()).await?;
    Confirm::page(shell, asked)
}

/// Ends a session of a person.
#[post("/o/{org}/people/{person}/sessions/{session}/end")]
pub(super) async fn submit(
    request: HttpRequest,
    app: Data<App>,
    visit: Visit,
    path: Path<SessionPath>,
    form: Form<EndForm>,
) -> Result<HttpResponse, Problem> {
    let Form(EndForm { reason }) = form;
    let there = Redirect::to(format!("/o/{}/people/{}", visit.slug, path.person));
    let error = match app.end_session_here(visit.request(), path.person, path.session, &reason).await {
        Ok(_) => return Ok(there.saying("That browser opens nothing here any more.").into()),
        // Pressed twice, or over by itself: what was wanted is so.
        Err(Error::NotFound(_)) => {
            let text = "That session was over already.".to_owned();
            return Ok(there.flashing(Flash { tone: Tone::Mind, text }).into());
        }
        Err(error) => error,
    };
    let errors = wrong(error, &["reason"])?;
    let reading = app.read(visit.caller, visit.organization).await?;
    let member = seen(&reading, &PersonPath { person: path.person })?;
    let shell = Shell::of(&request, &visit, &reading.facts, Section::People);
    let asked = asked(&app, &shell, &visit, &reading, (&member, path.session), reason).await?;
    Confirm::again(shell, asked, errors)
}

async fn asked(
    app: &App,
    shell: &Shell,
    visit: &Visit,
    reading: &Reading,
    (member, session): (&OrganizationMembership, SessionId),
    reason: String,
) -> Result<Consequence, Problem> {
    let sessions = app.sessions_here(reading, visit.organization, member.user).await?;
    let session = sessions.iter().find(|open| open.id == session);
    let session = session.ok_or(Error::NotFound(FactKind::OrganizationMembership))?;
    let SessionRow { of, by } = SessionRow::of(visit, reading, session, shell.zone);
    let from = if of.address.is_empty() { String::new() } else { format!(" at {}", of.address) };
    let what = format!("{}{from}, signed in by {by} since {},", of.browser, of.began.text);
    let action = format!("sessions/{}/end", of.id);
    Ok(consequence(visit, reading, member, (&what, &action), reason))
}
