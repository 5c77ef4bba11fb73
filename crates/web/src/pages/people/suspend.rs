use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get, post};
use app::{App, Reading, members, version_of};
use decision::{Action, On};
use model::OrganizationMembership;
use serde::Deserialize;

use super::stake::Stake;
use super::{PersonPath, name, seen};
use crate::Problem;
use crate::pages::again::{Again, again, versioned};
use crate::pages::{Confirm, Consequence, FieldView, Redirect, Section, Shell};
use crate::session::{Form, Visit};

/// Why somebody is suspended.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct SuspendForm {
    reason: String,
    version: String,
}

/// Says what stops with a suspension.
#[get("/o/{org}/people/{person}/suspend")]
pub(super) async fn show(
    request: HttpRequest,
    app: Data<App>,
    visit: Visit,
    path: Path<PersonPath>,
) -> Result<HttpResponse, Problem> {
    let reading = app.read(visit.caller, visit.organization).await?;
    let member = seen(&reading, &path)?;
    reading.require(Action::MemberSuspend, On::Member(member.user))?;
    let shell = Shell::of(&request, &visit, &reading.facts, Section::People);
    Confirm::page(shell, consequence(&visit, &reading, &member, String::new()))
}

/// Suspends a person.
#[post("/o/{org}/people/{person}/suspend")]
pub(super) async fn submit(
    request: HttpRequest,
    app: Data<App>,
    visit: Visit,
    path: Path<PersonPath>,
    form: Form<SuspendForm>,
) -> Result<HttpResponse, Problem> {
    let Form(SuspendForm { reason, version }) = form;
    let person = path.person;
    let there = format!("/o/{}/people/{person}", visit.slug);
    let changed = app.change(versioned(&visit, &version), |p| members::suspend(p, person, &reason)).await;
    let error = match changed {
        Ok(changed) => {
            return Ok(Redirect::to(format!("{there}/cut/{}", changed.revision.0)).into());
        }
        Err(error) => error,
    };
    let again = again(error, &["reason"], "")?;
    let reading = app.read(visit.caller, visit.organization).await?;
    let member = seen(&reading, &path)?;
    if !member.is_active() {
        // Pressed twice: what was wanted is so.
        return Ok(Redirect::to(there).into());
    }
    let shell = Shell::of(&request, &visit, &reading.facts, Section::People);
    let consequence = consequence(&visit, &reading, &member, reason);
    match again {
        Again::Stale(_) => Confirm::late(shell, consequence),
        Again::Wrong(errors) => Confirm::again(shell, consequence, errors),
    }
}

fn consequence(
    visit: &Visit,
    reading: &Reading,
    member: &OrganizationMembership,
    reason: String,
) -> Consequence {
    let name = name(&reading.facts, member.user);
    let stake = Stake::of(reading, member.user);
    let there = format!("/o/{}/people/{}", visit.slug, member.user);
    Consequence {
        title: format!("Suspend {name}?"),
        sentence: format!(
            "Nothing of theirs works here from the next call on. They can be brought back; {}. Hand the agents over \
             first if they should go on.",
            if stake.agents == 0 {
                "no agent depends on them"
            } else {
                "their agents only by somebody taking them over"
            }
        ),
        counts: stake.counts(false),
        button: format!("Suspend {name}"),
        action: format!("{there}/suspend"),
        back: there,
        hidden: vec![("version".to_owned(), version_of(&member.clone().into()))],
        fields: vec![
            FieldView::new("reason", "Reason")
                .hint("Kept in the evidence, and shown to whoever looks at them.")
                .value(reason)
                .optional(),
        ],
        ..Consequence::default()
    }
}
