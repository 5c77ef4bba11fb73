use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get, post};
use app::{App, roles, version_of};
use decision::{Action, On};
use model::{Name, Role};
use serde::Deserialize;

use super::{RolePath, seen};
use crate::Problem;
use crate::pages::again::{Again, again, take, versioned};
use crate::pages::both::{Both, Row};
use crate::pages::form_page::{FormPage, FormView, Kind};
use crate::pages::{Errors, FieldView, Redirect, Section, Shell};
use crate::session::{Form, Visit};

/// A role, as it was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct RoleForm {
    name: String,
    purpose: String,
    version: String,
}

impl RoleForm {
    fn of(role: &Role) -> Self {
        let version = version_of(&role.clone().into());
        Self { name: role.name.to_string(), purpose: role.purpose.clone(), version }
    }
}

const FIELDS: [&str; 2] = ["name", "purpose"];

/// Asks what the role is to be called.
#[get("/o/{org}/roles/new")]
pub(super) async fn ask_new(
    request: HttpRequest,
    app: Data<App>,
    visit: Visit,
) -> Result<HttpResponse, Problem> {
    let reading = app.read(visit.caller, visit.organization).await?;
    reading.check(Action::RoleCreate, On::Organization)?;
    let shell = Shell::of(&request, &visit, &reading.facts, Section::Tools);
    FormPage::page(shell, form(&visit, &RoleForm::default(), None))
}

/// Creates a role.
#[post("/o/{org}/roles/new")]
pub(super) async fn create(
    request: HttpRequest,
    app: Data<App>,
    visit: Visit,
    sent: Form<RoleForm>,
) -> Result<HttpResponse, Problem> {
    let Form(sent) = sent;
    let reading = app.read(visit.caller, visit.organization).await?;
    let shell = Shell::of(&request, &visit, &reading.facts, Section::Tools);
    let mut errors = Errors::none();
    let Some(name) = take::<Name>(&mut errors, "name", &sent.name) else {
        return FormPage::again(shell, form(&visit, &sent, None), errors);
    };
    let new = roles::NewRole { name, purpose: sent.purpose.clone() };
    match app.change(visit.request(), |planning| roles::create(planning, new)).await {
        Ok(changed) => {
            let there = format!("/o/{}/roles/{}", visit.slug, changed.value.id);
            Ok(Redirect::to(there).saying("The role is there. It gives nothing until it has a grant.").into())
        }
        Err(error) => match again(error, &FIELDS, "name")? {
            Again::Wrong(errors) => FormPage::again(shell, form(&visit, &sent, None), errors),
            Again::Stale(_) => FormPage::page(shell, form(&visit, &sent, None)),
        },
    }
}

/// Shows a role's name and purpose to be changed.
#[get("/o/{org}/roles/{role}/edit")]
pub(super) async fn ask_edit(
    request: HttpRequest,
    app: Data<App>,
    visit: Visit,
    path: Path<RolePath>,
) -> Result<HttpResponse, Problem> {
    let reading = app.read(visit.caller, visit.organization).await?;
    let role = seen(&reading, path.role)?;
    reading.require(Action::RoleUpdate, On::Role(role.id))?;
    let shell = Shell::of(&request, &visit, &reading.facts, Section::Tools);
    FormPage::page(shell, form(&visit, &RoleForm::of(role), Some(role)))
}

/// Changes a role's name and purpose.
#[post("/o/{org}/roles/{role}/edit")]
pub(super) async fn update(
    request: HttpRequest,
    app: Data<App>,
    visit: Visit,
    path: Path<RolePath>,
    sent: Form<RoleForm>,
) -> Result<HttpResponse, Problem> {
    let Form(sent) = sent;
    let reading = app.read(visit.caller, visit.organization).await?;
    let role = seen(&reading, path.role)?;
    let there = format!("/o/{}/roles/{}", visit.slug, role.id);
    let shell = Shell::of(&request, &visit, &reading.facts, Section::Tools);
    let mut errors = Errors::none();
    let Some(name) = take::<Name>(&mut errors, "name", &sent.name) else {
        return FormPage::again(shell, form(&visit, &sent, Some(role)), errors);
    };
    let wanted = roles::RolePatch { name: Some(name), purpose: Some(sent.purpose.clone()) };
    let id = role.id;
    match app.change(versioned(&visit, &sent.version), |p| roles::update(p, id, wanted)).await {
        Ok(_) => Ok(Redirect::to(there).saying("The role is changed.").into()),
        Err(error) => match again(error, &FIELDS, "name")? {
            Again::Wrong(errors) => FormPage::again(shell, form(&visit, &sent, Some(role)), errors),
            Again::Stale(_) => {
                let now = app.read(visit.caller, visit.organization).await?;
                let theirs = RoleForm::of(seen(&now, path.role)?);
                Both {
                    shell,
                    name: theirs.name.clone(),
                    action: format!("{there}/edit"),
                    fields: vec![
                        ("name".to_owned(), sent.name.clone()),
                        ("purpose".to_owned(), sent.purpose.clone()),
                        ("version".to_owned(), theirs.version),
                    ],
                    rows: vec![
                        Row::of("Name", sent.name, theirs.name),
                        Row::of("Purpose", sent.purpose, theirs.purpose),
                    ],
                    back: there,
                }
                .response()
            }
        },
    }
}

fn form(visit: &Visit, typed: &RoleForm, role: Option<&Role>) -> FormView {
    let roles = format!("/o/{}/roles", visit.slug);
    let tools = (format!("/o/{}/tools", visit.slug), "Tools & grants".to_owned());
    let fields = vec![
        (Kind::Text, FieldView::new("name", "Name").hint("People choose roles by name.").value(&typed.name)),
        (
            Kind::Lines,
            FieldView::new("purpose", "What it is for")
                .hint("In a sentence.")
                .value(&typed.purpose)
                .optional(),
        ),
    ];
    match role {
        Some(role) => {
            let there = format!("{roles}/{}", role.id);
            FormView {
                crumbs: vec![tools, (roles, "Roles".to_owned()), (there.clone(), role.name.to_string())],
                title: format!("Change {}", role.name),
                fields,
                hidden: vec![("version".to_owned(), typed.version.clone())],
                button: "Save the role".to_owned(),
                action: format!("{there}/edit"),
                back: there,
                ..FormView::default()
            }
        }
        None => FormView {
            crumbs: vec![tools, (roles.clone(), "Roles".to_owned())],
            title: "New role".to_owned(),
            lede: "A named set of grants. People and robots hold it in a workspace.".to_owned(),
            fields,
            button: "Create the role".to_owned(),
            action: format!("{roles}/new"),
            back: roles,
            ..FormView::default()
        },
    }
}
