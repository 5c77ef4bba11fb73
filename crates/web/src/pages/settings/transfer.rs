//! Handing the organization over to another owner.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get, post};
use app::{App, Reading, members};
use decision::{Action, On};
use model::{OrganizationRole, UserId};
use serde::Deserialize;

use super::{administers, may, present};
use crate::Problem;
use crate::pages::again::wrong;
use crate::pages::form_page::{FormPage, FormView, Kind};
use crate::pages::{Choice, Errors, FieldView, Flash, Redirect, Section, Shell, Tone, picker};
use crate::session::{Form, Fresh, Visit};

/// To whom, what becomes of who hands over, and the typed name.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    to: String,
    stays: String,
    confirm: String,
}

/// The form.
#[get("/o/{org}/settings/danger/transfer")]
pub(super) async fn ask(
    request: HttpRequest,
    app: Data<App>,
    visit: Fresh<Visit>,
) -> Result<HttpResponse, Problem> {
    let reading = allowed(&app, &visit.0).await?;
    let shell = Shell::of(&request, &visit.0, &reading.facts, Section::Settings);
    let typed = Typed { stays: "admin".to_owned(), ..Typed::default() };
    FormPage::page(shell, form(&visit.0, &reading, &typed)?)
}

/// Makes the other person an owner, and then, where that is wanted, who hands over an administrator.
#[post("/o/{org}/settings/danger/transfer")]
pub(super) async fn transfer(
    request: HttpRequest,
    app: Data<App>,
    visit: Fresh<Visit>,
    sent: Form<Typed>,
) -> Result<HttpResponse, Problem> {
    let (visit, typed) = (visit.0, sent.0);
    let reading = administers(&app, &visit).await?;
    app.require(&reading, Action::MemberUpdate, appointing(&visit)).await?;
    let shell = Shell::of(&request, &visit, &reading.facts, Section::Settings);
    let mut errors = Errors::none();
    if typed.confirm.trim() != present(&reading)?.name.as_str() {
        errors.note("confirm", "type the name exactly as it is shown");
    }
    let to = match picker::resolve(&reading.facts, others(&reading, visit.user), &typed.to) {
        Ok(to) => Some(to),
        Err(wrong) => {
            errors.note("to", &wrong);
            None
        }
    };
    let Some(to) = to.filter(|_| errors.is_empty()) else {
        return FormPage::again(shell, form(&visit, &reading, &typed)?, errors);
    };
    let is_owner = reading.facts.member(to).is_some_and(|member| member.role == OrganizationRole::Owner);
    if !is_owner
        && let Err(error) =
            app.change(visit.request(), |p| members::set_role(p, to, OrganizationRole::Owner)).await
    {
        let errors = wrong(error, &["to"])?;
        return FormPage::again(shell, form(&visit, &reading, &typed)?, errors);
    }
    let name = picker::label(&reading.facts, to);
    let there = Redirect::to(shell.path("/people"));
    if typed.stays == "owner" {
        return Ok(there.saying(format!("{name} is an owner now, beside you.")).into());
    }
    match app.change(visit.request(), |p| members::set_role(p, visit.user, OrganizationRole::Admin)).await {
        Ok(_) => Ok(there.saying(format!("{name} is an owner now, and you are an administrator.")).into()),
        Err(error) => {
            let text =
                format!("{name} is an owner now, and you still are one too. {}", wrong(error, &[])?.text());
            Ok(there.flashing(Flash { tone: Tone::Mind, text }).into())
        }
    }
}

async fn allowed(app: &App, visit: &Visit) -> Result<Reading, Problem> {
    let reading = administers(app, visit).await?;
    may(&reading, Action::MemberUpdate, appointing(visit))?;
    Ok(reading)
}

/// What somebody has to be allowed for it: to make an owner.
fn appointing(visit: &Visit) -> On {
    On::MemberAs(visit.user, OrganizationRole::Owner)
}

/// Who could answer for the organization: everybody active but guests and who hands over.
fn others(reading: &Reading, user: UserId) -> impl Iterator<Item = UserId> {
    let members = reading.facts.list_members(None).filter(|member| member.is_active());
    let members = members.filter(|member| member.role != OrganizationRole::Guest);
    members.map(|member| member.user).filter(move |id| *id != user)
}

fn form(visit: &Visit, reading: &Reading, typed: &Typed) -> Result<FormView, Problem> {
    let settings = format!("/o/{}/settings", visit.slug);
    let name = present(reading)?.name.to_string();
    let to = FieldView::new("to", "Who is to be an owner?")
        .hint("An owner appoints administrators and owners, and can end the organization.")
        .value(&typed.to);
    let stays = vec![
        Choice::new("admin", "An administrator").hint("You still decide who can do what."),
        Choice::new("owner", "An owner beside them"),
    ];
    let fields = vec![
        picker::field(&reading.facts, others(reading, visit.user), to, None),
        (Kind::Radio, FieldView::new("stays", "What do you stay?").choices(stays).value(&typed.stays)),
        (Kind::Text, FieldView::new("confirm", format!("Type {name} to confirm")).value(&typed.confirm)),
    ];
    Ok(FormView {
        crumbs: vec![
            (settings.clone(), "Settings".to_owned()),
            (format!("{settings}/danger"), "Danger zone".to_owned()),
        ],
        title: "Hand the organization over".to_owned(),
        fields,
        button: "Hand it over".to_owned(),
        consequence: "Only they can make you an owner again.".to_owned(),
        action: format!("{settings}/danger/transfer"),
        back: format!("{settings}/danger"),
        ..FormView::default()
    })
}
