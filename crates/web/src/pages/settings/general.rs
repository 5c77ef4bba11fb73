use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get, post};
use app::{App, Reading, organizations, version_of};
use askama::Template;
use decision::{Action, On};
use model::{Name, Organization};
use serde::Deserialize;

use super::{administers, present};
use crate::Problem;
use crate::pages::ability::Ability;
use crate::pages::again::{Again, again, versioned};
use crate::pages::both::{Both, Row};
use crate::pages::{Errors, FieldView, Redirect, Section, Shell, filters, page_with};
use crate::session::{Form, Visit};
use actix_web::http::StatusCode;

#[derive(Template)]
#[template(path = "settings/general.html")]
struct Page {
    shell: Shell,
    organization: Organization,
    version: String,
    name: FieldView,
    can: Ability,
    errors: Errors,
}

/// What was typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    name: String,
    version: String,
}

/// What the organization is called.
#[get("/o/{org}/settings/general")]
pub(super) async fn open(
    request: HttpRequest,
    app: Data<App>,
    visit: Visit,
) -> Result<HttpResponse, Problem> {
    let reading = administers(&app, &visit).await?;
    let name = present(&reading)?.name.to_string();
    show(&request, &visit, &reading, &name, Errors::none())
}

/// Renames it.
#[post("/o/{org}/settings/general")]
pub(super) async fn save(
    request: HttpRequest,
    app: Data<App>,
    visit: Visit,
    sent: Form<Typed>,
) -> Result<HttpResponse, Problem> {
    let Typed { name: typed, version } = sent.0;
    let reading = administers(&app, &visit).await?;
    let there = format!("/o/{}/settings/general", visit.slug);
    let name = match typed.parse::<Name>() {
        Ok(name) => name,
        Err(wrong) => {
            let errors = Errors::none().with("name", format!("Say what it is called: {wrong}."));
            return show(&request, &visit, &reading, &typed, errors);
        }
    };
    let changed = app.change(versioned(&visit, &version), |p| organizations::update(p, Some(name))).await;
    let Err(error) = changed else {
        return Ok(Redirect::to(there).saying("The name is changed. Evidence keeps the one it had.").into());
    };
    match again(error, &["name"], "")? {
        Again::Wrong(errors) => show(&request, &visit, &reading, &typed, errors),
        Again::Stale(_) => {
            let now = app.read(visit.caller, visit.organization).await?;
            let theirs = present(&now)?;
            let both = Both {
                shell: Shell::of(&request, &visit, &now.facts, Section::Settings),
                name: theirs.name.to_string(),
                action: there.clone(),
                fields: vec![
                    ("name".to_owned(), typed.clone()),
                    ("version".to_owned(), version_of(&theirs.clone().into())),
                ],
                rows: vec![Row::of("Name", &typed, theirs.name.as_str())],
                back: there,
            };
            both.response()
        }
    }
}

fn show(
    request: &HttpRequest,
    visit: &Visit,
    reading: &Reading,
    typed: &str,
    errors: Errors,
) -> Result<HttpResponse, Problem> {
    let organization = present(reading)?;
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let name = FieldView::new("name", "Name")
        .hint("On every page, in letters to people, and beside its agents where they are guests.")
        .value(typed)
        .wrong(&errors);
    let template = Page {
        shell: Shell::of(request, visit, &reading.facts, Section::Settings),
        version: version_of(&organization.clone().into()),
        can: Ability::of(reading, Action::OrganizationUpdate, On::Organization),
        organization,
        name,
        errors,
    };
    page_with(status, &template)
}
