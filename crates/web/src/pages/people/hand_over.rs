use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get, post};
use app::{App, Reading, agents};
use decision::{Action, On};
use model::OrganizationMembership;
use serde::Deserialize;

use super::stake::heirs;
use super::{PersonPath, name, seen};
use crate::Problem;
use crate::pages::again::{Again, again};
use crate::pages::form_page::{FormPage, FormView};
use crate::pages::{Errors, FieldView, Redirect, Section, Shell, picker};
use crate::session::{Form, Visit};

/// To whom.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct HandOverForm {
    to: String,
}

/// Asks who is to answer for a person's agents.
#[get("/o/{org}/people/{person}/hand-over")]
pub(super) async fn show(
    request: HttpRequest,
    app: Data<App>,
    visit: Visit,
    path: Path<PersonPath>,
) -> Result<HttpResponse, Problem> {
    let reading = app.read(visit.caller, visit.organization).await?;
    let member = seen(&reading, &path)?;
    reading.require(Action::MemberHandOver, On::Member(member.user))?;
    let shell = Shell::of(&request, &visit, &reading.facts, Section::People);
    FormPage::page(shell, form(&visit, &reading, &member, ""))
}

/// Hands all agents of a person to another.
#[post("/o/{org}/people/{person}/hand-over")]
pub(super) async fn submit(
    request: HttpRequest,
    app: Data<App>,
    visit: Visit,
    path: Path<PersonPath>,
    sent: Form<HandOverForm>,
) -> Result<HttpResponse, Problem> {
    let Form(HandOverForm { to }) = sent;
    let person = path.person;
    let reading = app.read(visit.caller, visit.organization).await?;
    let member = seen(&reading, &path)?;
    app.require(&reading, Action::MemberHandOver, On::Member(person)).await?;
    let shell = Shell::of(&request, &visit, &reading.facts, Section::People);
    let heir = match picker::resolve(&reading.facts, heirs(&reading.facts, person), &to) {
        Ok(heir) => heir,
        Err(wrong) => {
            let errors = Errors::none().noting("to", &wrong);
            return FormPage::again(shell, form(&visit, &reading, &member, &to), errors);
        }
    };
    match app.change(visit.request(), |planning| agents::hand_over_all(planning, person, heir)).await {
        Ok(changed) => {
            let (count, to) = (changed.value.len(), name(&reading.facts, heir));
            let agents = if count == 1 { "agent" } else { "agents" };
            let there = Redirect::to(format!("/o/{}/people/{person}", visit.slug));
            Ok(there.saying(format!("{to} answers for {count} {agents} more now.")).into())
        }
        Err(error) => match again(error, &["to"], "to")? {
            Again::Wrong(errors) => FormPage::again(shell, form(&visit, &reading, &member, &to), errors),
            Again::Stale(_) => FormPage::page(shell, form(&visit, &reading, &member, &to)),
        },
    }
}

fn form(visit: &Visit, reading: &Reading, member: &OrganizationMembership, to: &str) -> FormView {
    let name = name(&reading.facts, member.user);
    let there = format!("/o/{}/people/{}", visit.slug, member.user);
    let field = FieldView::new("to", "Who answers for them from now on")
        .hint("An active member. Agents can only do what their new owner can.")
        .value(to);
    let heirs = heirs(&reading.facts, member.user);
    FormView {
        crumbs: vec![
            (format!("/o/{}/people", visit.slug), "People".to_owned()),
            (there.clone(), name.clone()),
        ],
        title: format!("Hand over the agents of {name}"),
        lede: "All of them at once, with their keys and scopes as they are. It is written into the evidence."
            .to_owned(),
        fields: vec![picker::field(&reading.facts, heirs, field, Some("Choose a person"))],
        button: "Hand the agents over".to_owned(),
        action: format!("{there}/hand-over"),
        back: there,
        ..FormView::default()
    }
}
