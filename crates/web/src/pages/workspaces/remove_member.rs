use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get, post};
use app::{App, Reading, workspaces};
use decision::{Action, On};
use model::{FactKind, Member, UserId, Workspace};
use serde::Deserialize;

use super::rows::inmate;
use super::seen;
use super::through::group;
use crate::Problem;
use crate::pages::again::{Again, again};
use crate::pages::{Confirm, Consequence, FieldView, Redirect, Section, Shell};
use crate::session::{Form, Visit};

/// So many agents are named before they are counted.
const NAMED: usize = 8;

/// A person in a workspace.
#[derive(Debug, Deserialize)]
pub(super) struct PlacePath {
    workspace: String,
    person: UserId,
}

/// Why.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ReasonForm {
    pub(super) reason: String,
    pub(super) version: String,
}

/// Says which agents go with a person who is taken out of a workspace.
#[get("/o/{org}/workspaces/{workspace}/members/{person}/remove")]
pub(super) async fn show(
    request: HttpRequest,
    app: Data<App>,
    visit: Visit,
    path: Path<PlacePath>,
) -> Result<HttpResponse, Problem> {
    let reading = app.read(visit.caller, visit.organization).await?;
    let workspace = seen(&reading, &path.workspace)?;
    let them = On::Place(workspace.id, Member::User(path.person));
    reading.require(Action::WorkspaceMembershipRemove, them)?;
    let shell = Shell::of(&request, &visit, &reading.facts, Section::Workspaces);
    Confirm::page(shell, consequence(&app, &visit, &reading, workspace, path.person, String::new())?)
}

/// Takes a person out of a workspace.
#[post("/o/{org}/workspaces/{workspace}/members/{person}/remove")]
pub(super) async fn submit(
    request: HttpRequest,
    app: Data<App>,
    visit: Visit,
    path: Path<PlacePath>,
    sent: Form<ReasonForm>,
) -> Result<HttpResponse, Problem> {
    let Form(ReasonForm { reason, .. }) = sent;
    let reading = app.read(visit.caller, visit.organization).await?;
    let workspace = seen(&reading, &path.workspace)?;
    let (id, person) = (workspace.id, path.person);
    let name = reading.facts.name_of(Member::User(person).into()).unwrap_or_default();
    let there = Redirect::to(format!("/o/{}/workspaces/{}", visit.slug, super::path(workspace)));
    match app.change(visit.request(), |p| workspaces::leave(p, id, person, &reason)).await {
        Ok(changed) => {
            let (agents, took) = (changed.value.agents_out.len(), changed.receipt.took_ms);
            let agents = if agents == 1 { "1 agent".to_owned() } else { format!("{agents} agents") };
            let text = format!("{name} is out of {}, with {agents}, after {took} ms.", workspace.name);
            // Whoever leaves a hidden workspace themselves has no page of it to go back to.
            let to = if person == visit.user {
                Redirect::to(format!("/o/{}/workspaces", visit.slug))
            } else {
                there
            };
            Ok(to.saying(text).into())
        }
        Err(app::Error::NotFound(FactKind::WorkspaceMembership)) => {
            Ok(there.saying(format!("{name} is no longer in {}.", workspace.name)).into())
        }
        Err(error) => {
            let shell = Shell::of(&request, &visit, &reading.facts, Section::Workspaces);
            let again = again(error, &["reason"], "")?;
            let consequence = consequence(&app, &visit, &reading, workspace, person, reason)?;
            match again {
                Again::Wrong(errors) => Confirm::again(shell, consequence, errors),
                Again::Stale(_) => Confirm::late(shell, consequence),
            }
        }
    }
}

fn consequence(
    app: &App,
    visit: &Visit,
    reading: &Reading,
    workspace: &Workspace,
    person: UserId,
    reason: String,
) -> Result<Consequence, Problem> {
    let here = inmate(reading, workspace.id, Member::User(person));
    if here.roles.is_empty() {
        return Err(app::Error::NotFound(FactKind::WorkspaceMembership).into());
    }
    let agents = group(app, reading, workspace, person).agents;
    let agents: Vec<_> = agents.iter().filter(|agent| agent.stopped.is_none()).collect();
    let mut named: Vec<&str> = agents.iter().take(NAMED).map(|agent| agent.name.as_str()).collect();
    let more = agents.len().saturating_sub(NAMED);
    let rest = format!("{more} more");
    if more > 0 {
        named.push(&rest);
    }
    let sentence = match agents.len() {
        0 => "No agent that can act here depends on them.".to_owned(),
        _ => format!("These agents are out in the same moment: {}. Elsewhere they act on.", named.join(", ")),
    };
    let there = format!("/o/{}/workspaces/{}", visit.slug, super::path(workspace));
    let (title, button) = if person == visit.user {
        (format!("Leave {}?", workspace.name), "Leave the workspace".to_owned())
    } else {
        (format!("Take {} out of {}?", here.name, workspace.name), format!("Take {} out", here.name))
    };
    Ok(Consequence {
        title,
        sentence,
        counts: vec![
            (here.roles.len(), "Roles that end".to_owned()),
            (agents.len(), "Agents that lose access here".to_owned()),
        ],
        button,
        action: format!("{there}/members/{person}/remove"),
        back: there,
        fields: vec![FieldView::reason(reason)],
        ..Consequence::default()
    })
}
