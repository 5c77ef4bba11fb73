//! Taking everything of the organization away as a copy.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get, post};
use app::App;
use decision::{Action, On};
use serde::Deserialize;

use super::{administers, may, present};
use crate::Problem;
use crate::api::organizations::export::sent_as;
use crate::pages::again::wrong;
use crate::pages::{Confirm, Consequence, Errors, FieldView, Section, Shell};
use crate::session::{Form, Fresh, Visit};

/// Why.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct CopyForm {
    reason: String,
}

/// Says what is in a copy.
#[get("/o/{org}/settings/danger/copy")]
pub(super) async fn ask(
    request: HttpRequest,
    app: Data<App>,
    visit: Fresh<Visit>,
) -> Result<HttpResponse, Problem> {
    let reading = administers(&app, &visit.0).await?;
    may(&reading, Action::OrganizationExport, On::Organization)?;
    let asked = asked(&visit.0, "", &Errors::none());
    Confirm::page(Shell::of(&request, &visit.0, &reading.facts, Section::Settings), asked)
}

/// Sends it, as it is read.
#[post("/o/{org}/settings/danger/copy")]
pub(super) async fn take(
    request: HttpRequest,
    app: Data<App>,
    visit: Fresh<Visit>,
    sent: Form<CopyForm>,
) -> Result<HttpResponse, Problem> {
    let (visit, reason) = (visit.0, sent.0.reason);
    let reading = administers(&app, &visit).await?;
    if reason.trim().is_empty() {
        let errors = Errors::none()
            .with("reason", "Say what the copy is for: whoever looks at it later will read it.");
        let asked = asked(&visit, &reason, &errors);
        return Confirm::again(Shell::of(&request, &visit, &reading.facts, Section::Settings), asked, errors);
    }
    match app.export(visit.request(), &reason).await {
        Ok(copy) => Ok(sent_as(copy, present(&reading)?.slug.as_str())),
        Err(error) => {
            let errors = wrong(error, &["reason"])?;
            let asked = asked(&visit, &reason, &errors);
            Confirm::again(Shell::of(&request, &visit, &reading.facts, Section::Settings), asked, errors)
        }
    }
}

fn asked(visit: &Visit, reason: &str, errors: &Errors) -> Consequence {
    let back = format!("/o/{}/settings/danger", visit.slug);
    Consequence {
        title: "Take a copy of everything?".to_owned(),
        sentence: "One file of lines of JSON: the organization, its facts, every change and every decision. Names and addresses of people are in it; hashes of keys and sealed secrets are not. Its last line says `end`: without it the copy is not whole.".to_owned(),
        button: "Take the copy".to_owned(),
        action: format!("{back}/copy"),
        back,
        fields: vec![FieldView::new("reason", "Reason").hint("That it was taken, by whom and why, is in the evidence.").value(reason).wrong(errors)],
        ..Consequence::default()
    }
}
