use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get, post};
use app::{App, Reading, members};
use decision::{Action, On};
use model::{OrganizationRole, UserId};
use serde::Deserialize;

use super::{ROLES, means, title};
use crate::Problem;
use crate::pages::again::{Again, again, take};
use crate::pages::form_page::{FormPage, FormView, Kind};
use crate::pages::{Choice, Errors, FieldView, Redirect, Section, Shell};
use crate::session::{Form, Visit, step_up_path};

/// Who is to be added, as it was typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct AddForm {
    name: String,
    email: String,
    role: String,
}

/// Asks who is to be added.
#[get("/o/{org}/people/new")]
pub(super) async fn show(
    request: HttpRequest,
    app: Data<App>,
    visit: Visit,
) -> Result<HttpResponse, Problem> {
    let reading = app.read(visit.caller, visit.organization).await?;
    may(&reading)?;
    let shell = Shell::of(&request, &visit, &reading.facts, Section::People);
    FormPage::page(shell, form(&visit, &reading, &AddForm::default()))
}

/// Adds a person.
#[post("/o/{org}/people/new")]
pub(super) async fn submit(
    request: HttpRequest,
    app: Data<App>,
    visit: Visit,
    sent: Form<AddForm>,
) -> Result<HttpResponse, Problem> {
    let Form(sent) = sent;
    // Who makes an owner gives everything away, and for good. What was typed waits on the page that this becomes.
    if sent.role == OrganizationRole::Owner.as_str() && !visit.session.is_fresh(app.engine.world().now()) {
        return Ok(Redirect::to(step_up_path(request.path())).into());
    }
    let reading = app.read(visit.caller, visit.organization).await?;
    let shell = Shell::of(&request, &visit, &reading.facts, Section::People);
    let mut errors = Errors::none();
    let name = take(&mut errors, "name", &sent.name);
    let role = ROLES.into_iter().find(|role| role.as_str() == sent.role);
    if role.is_none() {
        errors.note("role", "choose a role");
    }
    let (Some(name), Some(role)) = (name, role) else {
        return FormPage::again(shell, form(&visit, &reading, &sent), errors);
    };
    let who = members::Who::New { name, email: Some(sent.email.clone()) };
    match app.change(visit.request(), |planning| members::add(planning, who, role)).await {
        Ok(changed) => {
            let there = format!("/o/{}/people/{}", visit.slug, changed.value.user);
            let text =
                format!("{} is here now. They can sign in once their sign-in is set up.", sent.name.trim());
            Ok(Redirect::to(there).saying(text).into())
        }
        Err(error) => match again(error, &["name", "email", "role"], "")? {
            Again::Wrong(errors) => FormPage::again(shell, form(&visit, &reading, &sent), errors),
            Again::Stale(_) => FormPage::page(shell, form(&visit, &reading, &sent)),
        },
    }
}

/// Whoever may add nobody is told so before they type.
fn may(reading: &Reading) -> Result<(), Problem> {
    Ok(reading.check(Action::MemberAdd, On::Organization)?)
}

fn form(visit: &Visit, reading: &Reading, typed: &AddForm) -> FormView {
    let people = format!("/o/{}/people", visit.slug);
    let may = |role: &OrganizationRole| reading.may(Action::MemberAdd, On::MemberAs(UserId::MAX, *role));
    let roles = ROLES.iter().filter(|role| may(role));
    let roles = roles.map(|role| Choice::new(role.as_str(), title(*role)).hint(means(*role)));
    let role = if typed.role.is_empty() { "member" } else { &typed.role };
    FormView {
        crumbs: vec![(people.clone(), "People".to_owned())],
        title: "Add a person".to_owned(),
        lede: "Somebody who comes in through your identity provider. To let them come by themselves, invite them \
               instead: an invitation has a link by which they get in."
            .to_owned(),
        fields: vec![
            (Kind::Text, FieldView::new("name", "Name").value(&typed.name).autocomplete("off")),
            (
                Kind::Email,
                FieldView::new("email", "E-mail address")
                    .hint("Where mail goes. It proves nothing about who they are.")
                    .value(&typed.email)
                    .optional(),
            ),
            (Kind::Radio, FieldView::new("role", "Role in the organization").choices(roles).value(role)),
        ],
        button: "Add the person".to_owned(),
        action: format!("{people}/new"),
        back: people,
        ..FormView::default()
    }
}
