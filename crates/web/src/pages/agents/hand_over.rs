//! `/o/{org}/agents/{agent}/hand-over`: to another person, or to oneself where nobody answers for it any more.

use actix_web::web::{Data, Path};
use actix_web::{Error, HttpRequest, HttpResponse, get, post};
use app::{App, agents};
use decision::Action;
use model::{AgentState, OrganizationRole, UserId};
use serde::Deserialize;

use super::AgentPath;
use super::look::{Looked, person};
use crate::pages::again::{Again, again};
use crate::pages::{Choice, Confirm, Consequence, Errors, FieldView, Redirect, Section, Shell};
use crate::session::{Form, Visit};

/// A select with more people than this is no help.
const OFFERED: usize = 1_000;

/// To whom, and which version was seen.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct To {
    to: String,
    version: String,
}

/// Asks to whom.
#[get("/o/{org}/agents/{agent}/hand-over")]
pub(super) async fn ask(
    app: Data<App>,
    request: HttpRequest,
    visit: Visit,
    path: Path<AgentPath>,
) -> Result<HttpResponse, Error> {
    let looked = Looked::at(&app, &visit, path.agent).await?;
    looked.require(Action::AgentHandOver)?;
    let shell = Shell::of(&request, &visit, &looked.reading.facts, Section::Agents);
    let to = if looked.is_mine() { String::new() } else { visit.user.to_string() };
    let consequence = consequence(&shell, &looked, &to, &Errors::none());
    Ok(Confirm::page(shell, consequence)?)
}

/// Hands it over.
#[post("/o/{org}/agents/{agent}/hand-over")]
pub(super) async fn hand_over(
    app: Data<App>,
    request: HttpRequest,
    visit: Visit,
    path: Path<AgentPath>,
    form: Form<To>,
) -> Result<HttpResponse, Error> {
    let looked = Looked::at(&app, &visit, path.agent).await?;
    let shell = Shell::of(&request, &visit, &looked.reading.facts, Section::Agents);
    let To { to, version } = form.0;
    let Ok(user) = to.parse::<UserId>() else {
        let errors = Errors::none().with("to", "Choose the person who will answer for it.");
        let consequence = consequence(&shell, &looked, &to, &errors);
        return Ok(Confirm::again(shell, consequence, errors)?);
    };
    let change = app::Request { if_match: Some(version), ..visit.request() };
    match app.change(change, |planning| agents::hand_over(planning, path.agent, user)).await {
        Ok(changed) => {
            let name = person(&looked.reading.facts, user);
            let said = format!("{name} answers for {} from now on.", changed.value.name);
            let mine = user == visit.user || visit.role >= OrganizationRole::Admin;
            let to = if mine { format!("/agents/{}", path.agent) } else { "/agents".to_owned() };
            Ok(Redirect::to(shell.path(&to)).saying(said).response())
        }
        Err(error) => {
            let errors = match again(error, &["to"], "")? {
                Again::Wrong(errors) => errors,
                Again::Stale(_) => Errors::none().with(
                    "",
                    format!("It was changed meanwhile: {} answers for it now. Decide again.", looked.owner),
                ),
            };
            let consequence = consequence(&shell, &looked, &to, &errors);
            Ok(Confirm::again(shell, consequence, errors)?)
        }
    }
}

fn consequence(shell: &Shell, looked: &Looked, to: &str, errors: &Errors) -> Consequence {
    let path = shell.path(&format!("/agents/{}", looked.agent.id));
    let name = &looked.agent.name;
    let orphan = matches!(looked.agent.state, AgentState::Unowned(_));
    let sentence = if orphan {
        "Nobody answers for it, so it does nothing. Whoever takes it over answers for everything it does from then on. Its old keys stay dead; make new ones afterwards.".to_owned()
    } else {
        format!(
            "From then on it inherits what the new person holds, and no longer what {} holds. Invitations that {} made for it end. Its keys and its scope stay.",
            looked.owner, looked.owner
        )
    };
    Consequence {
        title: if orphan { format!("Take over {name}?") } else { format!("Hand over {name}?") },
        sentence,
        button: if orphan { "Take it over".to_owned() } else { "Hand it over".to_owned() },
        action: format!("{path}/hand-over"),
        back: path,
        hidden: vec![("version".to_owned(), looked.version.clone())],
        fields: vec![who(looked, to).wrong(errors)],
        ..Consequence::default()
    }
}

/// A choice of the active people here.
fn who(looked: &Looked, to: &str) -> FieldView {
    let facts = &looked.reading.facts;
    let mut people: Vec<(String, UserId)> = facts
        .list_members(None)
        .filter(|member| member.is_active() && member.role != OrganizationRole::Guest)
        .filter(|member| member.user != looked.agent.owner)
        .map(|member| (person(facts, member.user), member.user))
        .collect();
    people.sort();
    people.truncate(OFFERED);
    let people = people.into_iter().map(|(name, id)| Choice::new(id.to_string(), name));
    FieldView::new("to", "Who answers for it from now on")
        .choices(std::iter::once(Choice::new("", "Choose a person")).chain(people))
        .value(to)
}
