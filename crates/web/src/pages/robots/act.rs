use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get, post};
use app::{App, Reading, robots, version_of};
use decision::{Action, On};
use model::{Holder, Member, Robot, RobotState};
use serde::Deserialize;

use super::{RobotPath, seen};
use crate::Problem;
use crate::pages::again::{Again, again, versioned};
use crate::pages::{Confirm, Consequence, Errors, FieldView, Flash, Redirect, Section, Shell, Tone};
use crate::session::{Form, Visit};

/// Why, on which version, and the name where it has to be typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ActForm {
    reason: String,
    version: String,
    confirm: String,
}

/// Says what a pause means.
#[get("/o/{org}/robots/{robot}/pause")]
pub(super) async fn ask_pause(
    request: HttpRequest,
    app: Data<App>,
    visit: Visit,
    path: Path<RobotPath>,
) -> Result<HttpResponse, Problem> {
    let reading = app.read(visit.caller, visit.organization).await?;
    let robot = seen(&reading, &path)?;
    reading.require(Action::RobotPause, On::Robot(robot.id))?;
    let shell = Shell::of(&request, &visit, &reading.facts, Section::Robots);
    Confirm::page(shell, pausing(&visit, robot, String::new()))
}

/// Pauses a robot.
#[post("/o/{org}/robots/{robot}/pause")]
pub(super) async fn pause(
    request: HttpRequest,
    app: Data<App>,
    visit: Visit,
    path: Path<RobotPath>,
    sent: Form<ActForm>,
) -> Result<HttpResponse, Problem> {
    let Form(ActForm { reason, version, .. }) = sent;
    let id = path.robot;
    let there = Redirect::to(format!("/o/{}/robots/{id}", visit.slug));
    let error = match app.change(versioned(&visit, &version), |p| robots::pause(p, id, &reason)).await {
        Ok(changed) => {
            return Ok(there.saying(format!("It is paused, after {} ms.", changed.receipt.took_ms)).into());
        }
        Err(error) => error,
    };
    let again = again(error, &["reason"], "")?;
    let reading = app.read(visit.caller, visit.organization).await?;
    let robot = seen(&reading, &path)?;
    if !matches!(robot.state, RobotState::Live) {
        return Ok(there.saying("It does not act any more.").into());
    }
    let shell = Shell::of(&request, &visit, &reading.facts, Section::Robots);
    match again {
        Again::Wrong(errors) => Confirm::again(shell, pausing(&visit, robot, reason), errors),
        Again::Stale(_) => Confirm::late(shell, pausing(&visit, robot, reason)),
    }
}

/// Lets a robot act again.
#[post("/o/{org}/robots/{robot}/resume")]
pub(super) async fn resume(
    app: Data<App>,
    visit: Visit,
    path: Path<RobotPath>,
    sent: Form<ActForm>,
) -> Result<HttpResponse, Problem> {
    let Form(ActForm { reason, .. }) = sent;
    let id = path.robot;
    let there = Redirect::to(format!("/o/{}/robots/{id}", visit.slug));
    match app.change(visit.request(), |planning| robots::resume(planning, id, &reason)).await {
        Ok(_) => Ok(there.saying("It acts again, within its roles.").into()),
        Err(error) => match again(error, &[], "")? {
            Again::Wrong(errors) => {
                Ok(there.flashing(Flash { tone: Tone::Mind, text: errors.text() }).into())
            }
            Again::Stale(_) => Ok(there.into()),
        },
    }
}

/// Says what deleting a robot means.
#[get("/o/{org}/robots/{robot}/delete")]
pub(super) async fn ask_delete(
    request: HttpRequest,
    app: Data<App>,
    visit: Visit,
    path: Path<RobotPath>,
) -> Result<HttpResponse, Problem> {
    let reading = app.read(visit.caller, visit.organization).await?;
    let robot = seen(&reading, &path)?;
    reading.require(Action::RobotDelete, On::Robot(robot.id))?;
    let shell = Shell::of(&request, &visit, &reading.facts, Section::Robots);
    Confirm::page(shell, deleting(&visit, &reading, robot, String::new()))
}

/// Deletes a robot.
#[post("/o/{org}/robots/{robot}/delete")]
pub(super) async fn delete(
    request: HttpRequest,
    app: Data<App>,
    visit: Visit,
    path: Path<RobotPath>,
    sent: Form<ActForm>,
) -> Result<HttpResponse, Problem> {
    let Form(ActForm { reason, version, confirm }) = sent;
    let reading = app.read(visit.caller, visit.organization).await?;
    let robot = seen(&reading, &path)?;
    let there = Redirect::to(format!("/o/{}/robots", visit.slug));
    if matches!(robot.state, RobotState::Deleted(_)) {
        return Ok(there.saying(format!("{} was deleted already.", robot.name)).into());
    }
    let shell = Shell::of(&request, &visit, &reading.facts, Section::Robots);
    if confirm.trim() != robot.name.as_str() {
        let errors = Errors::none().noting("confirm", "type the name exactly as it is shown");
        return Confirm::again(shell, deleting(&visit, &reading, robot, reason), errors);
    }
    let id = robot.id;
    match app.change(versioned(&visit, &version), |p| robots::delete(p, id, &reason)).await {
        Ok(changed) => {
            let text = format!("{} is deleted, after {} ms.", robot.name, changed.receipt.took_ms);
            Ok(there.saying(text).into())
        }
        Err(error) => {
            let again = again(error, &["reason"], "")?;
            let reading = app.read(visit.caller, visit.organization).await?;
            let consequence = deleting(&visit, &reading, seen(&reading, &path)?, reason);
            match again {
                Again::Wrong(errors) => Confirm::again(shell, consequence, errors),
                Again::Stale(_) => Confirm::late(shell, consequence),
            }
        }
    }
}

fn pausing(visit: &Visit, robot: &Robot, reason: String) -> Consequence {
    let there = format!("/o/{}/robots/{}", visit.slug, robot.id);
    Consequence {
        title: format!("Pause {}?", robot.name),
        sentence: "Its very next call is refused. Its keys stay, for when it is resumed.".to_owned(),
        button: "Pause the robot".to_owned(),
        action: format!("{there}/pause"),
        back: there,
        hidden: vec![("version".to_owned(), version_of(&robot.clone().into()))],
        fields: vec![reason_field(reason)],
        ..Consequence::default()
    }
}

fn deleting(visit: &Visit, reading: &Reading, robot: &Robot, reason: String) -> Consequence {
    let there = format!("/o/{}/robots/{}", visit.slug, robot.id);
    let facts = &reading.facts;
    let keys = facts.keys_of(Holder::Robot(robot.id)).filter(|key| key.counts_at(reading.now)).count();
    let mut places: Vec<_> = facts.workspaces_of(Member::Robot(robot.id)).collect();
    places.dedup();
    Consequence {
        title: format!("Delete {}?", robot.name),
        sentence: "It does nothing from the next call on, its keys end, and it leaves every workspace. It stays in the \
                   evidence under its name."
            .to_owned(),
        counts: vec![(keys, "Keys that end".to_owned()), (places.len(), "Workspaces it leaves".to_owned())],
        button: "Delete the robot".to_owned(),
        action: format!("{there}/delete"),
        back: there,
        hidden: vec![("version".to_owned(), version_of(&robot.clone().into()))],
        fields: vec![reason_field(reason)],
        type_name: Some(robot.name.to_string()),
        is_final: true,
    }
}

fn reason_field(reason: String) -> FieldView {
    FieldView::new("reason", "Reason")
        .hint("Kept in the evidence, and shown on its page.")
        .value(reason)
        .optional()
}
