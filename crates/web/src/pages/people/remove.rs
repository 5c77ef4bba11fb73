use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse, get, post};
use app::{App, Reading, agents, members, version_of};
use askama::Template;
use decision::{Action, On};
use model::{OrganizationMembership, UserId};
use serde::Deserialize;

use super::stake::{Stake, heirs};
use super::{PersonPath, name, seen};
use crate::Problem;
use crate::pages::again::{Again, again, versioned};
use crate::pages::form_page::Kind;
use crate::pages::query::query;
use crate::pages::{Errors, FieldView, Redirect, Section, Shell, filters, page, page_with, picker};
use crate::session::{Form, Visit};

/// What happens to a person's agents, and why the person goes.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct RemoveForm {
    /// `heir`: they are handed over first. `nobody`: they stop.
    agents: String,
    /// To whom.
    to: String,
    reason: String,
    version: String,
}

#[derive(Template)]
#[template(path = "people/remove.html")]
struct RemovePage {
    shell: Shell,
    there: String,
    name: String,
    stake: Stake,
    agents: String,
    to: (Kind, FieldView),
    reason: FieldView,
    errors: Errors,
}

#[derive(Template)]
#[template(path = "people/check.html")]
struct CheckPage {
    shell: Shell,
    there: String,
    name: String,
    stake: Stake,
    /// Who answers for the agents from now on: id and name.
    heir: Option<(UserId, String)>,
    form: RemoveForm,
    /// The address of the page before, with what was chosen there.
    change: String,
    changed_meanwhile: bool,
    errors: Errors,
}

/// Says what goes with a person, and asks what is to become of their agents.
#[get("/o/{org}/people/{person}/remove")]
pub(super) async fn show(
    request: HttpRequest,
    app: Data<App>,
    visit: Visit,
    path: Path<PersonPath>,
    form: Query<RemoveForm>,
) -> Result<HttpResponse, Problem> {
    let reading = app.read(visit.caller, visit.organization).await?;
    let member = seen(&reading, &path)?;
    reading.require(Action::MemberRemove, On::Member(member.user))?;
    let shell = Shell::of(&request, &visit, &reading.facts, Section::People);
    page(&remove_page(shell, &reading, &member, &form, Errors::none()))
}

/// Shows what was chosen, once more, before it is done. Nothing is written yet, so the page is a plain address.
#[get("/o/{org}/people/{person}/remove/check")]
pub(super) async fn check(
    request: HttpRequest,
    app: Data<App>,
    visit: Visit,
    path: Path<PersonPath>,
    form: Query<RemoveForm>,
) -> Result<HttpResponse, Problem> {
    let reading = app.read(visit.caller, visit.organization).await?;
    let member = seen(&reading, &path)?;
    reading.require(Action::MemberRemove, On::Member(member.user))?;
    let shell = Shell::of(&request, &visit, &reading.facts, Section::People);
    match heir(&reading, &member, &form) {
        Ok(heir) => page(&check_page(shell, &reading, &member, form.into_inner(), heir)),
        Err(errors) => {
            let view = remove_page(shell, &reading, &member, &form, errors);
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
        }
    }
}

/// Hands the agents over, where that was chosen, and removes the person.
#[post("/o/{org}/people/{person}/remove")]
pub(super) async fn submit(
    request: HttpRequest,
    app: Data<App>,
    visit: Visit,
    path: Path<PersonPath>,
    form: Form<RemoveForm>,
) -> Result<HttpResponse, Problem> {
    let Form(form) = form;
    let person = path.person;
    let reading = app.read(visit.caller, visit.organization).await?;
    let Ok(member) = seen(&reading, &path) else { return gone(&visit, &reading, person) };
    // Asked first, so that nobody's agents are handed over for a removal that is not to be.
    app.require(&reading, Action::MemberRemove, On::Member(person)).await?;
    let shell = Shell::of(&request, &visit, &reading.facts, Section::People);
    let heir = match heir(&reading, &member, &form) {
        Ok(heir) => heir,
        Err(errors) => {
            let view = remove_page(shell, &reading, &member, &form, errors);
            return page_with(StatusCode::UNPROCESSABLE_ENTITY, &view);
        }
    };
    match act(&app, &visit, person, heir, &form).await {
        Ok(there) => Ok(Redirect::to(there).into()),
        Err(error) => {
            let again = again(error, &[], "")?;
            let reading = app.read(visit.caller, visit.organization).await?;
            let Ok(member) = seen(&reading, &path) else { return gone(&visit, &reading, person) };
            let mut view = check_page(shell, &reading, &member, form, heir);
            match again {
                Again::Stale(_) => view.changed_meanwhile = true,
                Again::Wrong(errors) => view.errors = errors,
            }
            page_with(StatusCode::CONFLICT, &view)
        }
    }
}

/// Two changes, because two things are decided: whose the agents are, and that the person goes. Should the second be
/// refused, the agents are in good hands and the person is still here.
async fn act(
    app: &App,
    visit: &Visit,
    person: UserId,
    heir: Option<UserId>,
    form: &RemoveForm,
) -> Result<String, app::Error> {
    let mut handed = String::new();
    if let Some(heir) = heir {
        let changed = app.change(visit.request(), |p| agents::hand_over_all(p, person, heir)).await?;
        handed = changed.revision.0.to_string();
    }
    let change = versioned(visit, &form.version);
    let changed = app.change(change, |planning| members::remove(planning, person, &form.reason)).await?;
    let query = query(&[("handed", &handed)]);
    Ok(format!("/o/{}/people/{person}/cut/{}{query}", visit.slug, changed.revision.0))
}

/// The person went meanwhile, perhaps by this very form sent twice: what was wanted is so.
fn gone(visit: &Visit, reading: &Reading, person: UserId) -> Result<HttpResponse, Problem> {
    reading.check(Action::MemberRemove, On::Member(person))?;
    let text = format!("{} is no longer here.", name(&reading.facts, person));
    Ok(Redirect::to(format!("/o/{}/people", visit.slug)).saying(text).into())
}

/// To whom the agents go. None: to nobody, or there are none.
fn heir(
    reading: &Reading,
    member: &OrganizationMembership,
    form: &RemoveForm,
) -> Result<Option<UserId>, Errors> {
    let has_agents = reading.facts.agents_of(member.user).next().is_some();
    match form.agents.as_str() {
        "heir" => {
            let heirs = heirs(&reading.facts, member.user);
            let found = picker::resolve(&reading.facts, heirs, &form.to);
            found.map(Some).map_err(|wrong| Errors::none().noting("to", &wrong))
        }
        "" if has_agents => Err(Errors::none().noting("agents", "choose what is to become of the agents")),
        _ => Ok(None),
    }
}

fn remove_page(
    shell: Shell,
    reading: &Reading,
    member: &OrganizationMembership,
    form: &RemoveForm,
    errors: Errors,
) -> RemovePage {
    let facts = &reading.facts;
    let name = name(facts, member.user);
    let to = FieldView::new("to", "Who answers for them from now on").value(&form.to).wrong(&errors);
    let heirs = heirs(facts, member.user);
    let reason = FieldView::new("reason", "Reason").hint("Kept in the evidence.").optional();
    RemovePage {
        there: shell.path(&format!("/people/{}", member.user)),
        name,
        stake: Stake::of(reading, member.user),
        agents: form.agents.clone(),
        to: picker::field(facts, heirs, to, Some("Choose a person")),
        reason: reason.value(&form.reason).wrong(&errors),
        errors,
        shell,
    }
}

fn check_page(
    shell: Shell,
    reading: &Reading,
    member: &OrganizationMembership,
    form: RemoveForm,
    heir: Option<UserId>,
) -> CheckPage {
    let there = shell.path(&format!("/people/{}", member.user));
    let chosen = query(&[("agents", &form.agents), ("to", &form.to), ("reason", &form.reason)]);
    let version = version_of(&member.clone().into());
    CheckPage {
        change: format!("{there}/remove{chosen}"),
        there,
        name: name(&reading.facts, member.user),
        stake: Stake::of(reading, member.user),
        heir: heir.map(|heir| (heir, name(&reading.facts, heir))),
        form: RemoveForm { version, ..form },
        changed_meanwhile: false,
        errors: Errors::none(),
        shell,
    }
}
