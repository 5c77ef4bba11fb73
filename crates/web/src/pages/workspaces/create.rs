use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get, post};
use app::{App, workspaces};
use decision::{Action, On};

use super::rules::{RulesForm, fields};
use crate::Problem;
use crate::pages::again::{Again, again, take};
use crate::pages::form_page::{FormPage, FormView, Kind};
use crate::pages::{Errors, FieldView, Redirect, Section, Shell};
use crate::session::{Form, Visit};

/// Asks what the workspace is to be.
#[get("/o/{org}/workspaces/new")]
pub(super) async fn show(
    request: HttpRequest,
    app: Data<App>,
    visit: Visit,
) -> Result<HttpResponse, Problem> {
    let reading = app.read(visit.caller, visit.organization).await?;
    reading.check(Action::WorkspaceCreate, On::Organization)?;
    let shell = Shell::of(&request, &visit, &reading.facts, Section::Workspaces);
    FormPage::page(shell, form(&visit, &RulesForm::default()))
}

/// Creates a workspace.
#[post("/o/{org}/workspaces/new")]
pub(super) async fn submit(
    request: HttpRequest,
    app: Data<App>,
    visit: Visit,
    sent: Form<RulesForm>,
) -> Result<HttpResponse, Problem> {
    let Form(sent) = sent;
    let reading = app.read(visit.caller, visit.organization).await?;
    let shell = Shell::of(&request, &visit, &reading.facts, Section::Workspaces);
    let mut errors = Errors::none();
    let name = take(&mut errors, "name", &sent.name);
    let slug = take(&mut errors, "slug", &sent.slug);
    let (Some(name), Some(slug)) = (name, slug) else {
        return FormPage::again(shell, form(&visit, &sent), errors);
    };
    let new = workspaces::NewWorkspace {
        slug,
        name,
        visibility: sent.visibility(),
        access_mode: sent.access_mode(),
        guest_agents: sent.guest_agents(),
        auto_accept_agents: sent.auto_accept_agents(),
        identity_mode: sent.identity_mode(),
    };
    match app.change(visit.request(), |planning| workspaces::create(planning, new)).await {
        Ok(changed) => {
            let there = format!("/o/{}/workspaces/{}", visit.slug, super::path(&changed.value));
            let text = format!("{} is there. Nobody is in it yet, not even you.", changed.value.name);
            Ok(Redirect::to(there).saying(text).into())
        }
        Err(error) => match again(error, &["name", "slug"], "slug")? {
            Again::Wrong(errors) => FormPage::again(shell, form(&visit, &sent), errors),
            Again::Stale(_) => FormPage::page(shell, form(&visit, &sent)),
        },
    }
}

fn form(visit: &Visit, typed: &RulesForm) -> FormView {
    let workspaces = format!("/o/{}/workspaces", visit.slug);
    let slug = FieldView::new("slug", "Short name")
        .hint("Gateways name the workspace by it in calls. Small letters, digits and hyphens; it never changes.")
        .value(&typed.slug);
    let mut fields = fields(typed);
    fields.insert(1, (Kind::Text, slug));
    FormView {
        crumbs: vec![(workspaces.clone(), "Workspaces".to_owned())],
        title: "New workspace".to_owned(),
        lede: "A place of work: people, their agents and robots meet servers here. Access is counted here and nowhere \
               else."
            .to_owned(),
        fields,
        button: "Create the workspace".to_owned(),
        action: format!("{workspaces}/new"),
        back: workspaces,
        ..FormView::default()
    }
}
