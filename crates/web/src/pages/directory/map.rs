//! Letting a group give something.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{Error, HttpRequest, HttpResponse, get, post};
use app::directory::groups;
use app::{App, Reading};
use askama::Template;
use decision::{Action, On};
use model::{Gives, GroupId, OrganizationRole, Snapshot};
use serde::Deserialize;

use super::rows::{given, role_name};
use crate::Problem;
use crate::pages::again::wrong;
use crate::pages::{Choice, Errors, FieldView, Redirect, Section, Shell, filters, page_with};
use crate::session::{Form, Visit};

#[derive(Template)]
#[template(path = "directory/map.html")]
struct Page {
    shell: Shell,
    back: String,
    action: String,
    group: String,
    members: usize,
    gives: FieldView,
    errors: Errors,
}

/// What was chosen.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    gives: String,
}

/// The form.
#[get("/o/{org}/settings/directory/groups/{group}/give")]
pub(super) async fn open(
    app: Data<App>,
    request: HttpRequest,
    visit: Visit,
    path: Path<(String, GroupId)>,
) -> Result<HttpResponse, Error> {
    let reading = app.read(visit.caller, visit.organization).await.map_err(Problem::from)?;
    reading.check(Action::GroupRead, On::Group(path.1)).map_err(Problem::from)?;
    let least = On::GroupGives(path.1, OrganizationRole::Member);
    reading.require(Action::GroupMap, least).map_err(Problem::from)?;
    let shell = Shell::of(&request, &visit, &reading.facts, Section::Settings);
    Ok(show(shell, &reading, path.1, &Typed::default(), Errors::none())?)
}

/// Lets it.
#[post("/o/{org}/settings/directory/groups/{group}/give")]
pub(super) async fn map(
    app: Data<App>,
    request: HttpRequest,
    visit: Visit,
    path: Path<(String, GroupId)>,
    form: Form<Typed>,
) -> Result<HttpResponse, Error> {
    let reading = app.read(visit.caller, visit.organization).await.map_err(Problem::from)?;
    let shell = Shell::of(&request, &visit, &reading.facts, Section::Settings);
    let Some(gives) = chosen(&reading.facts, &form.0.gives) else {
        let errors = Errors::none().with("gives", "Choose what the group gives.");
        return Ok(show(shell, &reading, path.1, &form.0, errors)?);
    };
    match app.change(visit.request(), |planning| groups::map(planning, path.1, gives)).await {
        Ok(_) => {
            let said = format!("Everybody in the group now has it: {}.", given(&reading.facts, gives));
            Ok(Redirect::to(shell.path("/settings/directory")).saying(said).response())
        }
        Err(error) => Ok(show(shell, &reading, path.1, &form.0, wrong(error, &["gives"])?)?),
    }
}

fn show(
    shell: Shell,
    reading: &Reading,
    group: GroupId,
    typed: &Typed,
    errors: Errors,
) -> Result<HttpResponse, Problem> {
    reading.check(Action::GroupRead, On::Group(group))?;
    let found = reading.facts.group(group).ok_or_else(Problem::not_found)?;
    let back = shell.path("/settings/directory");
    let gives = FieldView::new("gives", "What everybody in it has")
        .hint("Only what you may give yourself is taken.")
        .choices(choices(&reading.facts))
        .value(typed.gives.as_str())
        .wrong(&errors);
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = Page {
        action: format!("{back}/groups/{group}/give"),
        group: found.name.to_string(),
        members: reading.facts.members_of(group).count(),
        back,
        gives,
        errors,
        shell,
    };
    page_with(status, &page)
}

/// Everything that a group can be let give: a role in each workspace, then the roles in the organization.
fn all(facts: &Snapshot) -> impl Iterator<Item = (String, Gives)> {
    let places = facts.list_workspaces(None).flat_map(|place| {
        facts.list_roles(None).map(|role| {
            let gives = Gives::WorkspaceRole { workspace: place.id, role: role.id };
            (format!("{}/{}", place.id, role.id), gives)
        })
    });
    let roles = [
        OrganizationRole::Guest,
        OrganizationRole::Auditor,
        OrganizationRole::Member,
        OrganizationRole::Admin,
    ];
    places.chain(roles.into_iter().map(|role| (role_name(role).to_owned(), Gives::OrganizationRole { role })))
}

fn chosen(facts: &Snapshot, value: &str) -> Option<Gives> {
    all(facts).find(|(known, _)| known == value).map(|(_, gives)| gives)
}

fn choices(facts: &Snapshot) -> Vec<Choice> {
    let none = Choice::new("", "Choose");
    std::iter::once(none)
        .chain(all(facts).map(|(value, gives)| Choice::new(value, given(facts, gives))))
        .collect()
}
