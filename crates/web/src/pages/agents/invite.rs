//! `/o/{org}/agents/{agent}/invite`: an owner asks for their agent to be let into a workspace, here or at a host's.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Query};
use actix_web::{Error, HttpRequest, HttpResponse, get, post};
use app::agents::{Access, Entrance, Place};
use app::invitations::{Asked as Came, Wish};
use app::{App, Request};
use askama::Template;
use decision::Action;
use model::{Scope, ScopeEntry};
use serde::Deserialize;

use super::AgentPath;
use super::look::{Looked, say};
use super::picker::{PickPlace, Picker, entry, value, words};
use crate::Problem;
use crate::pages::again::{Again, again};
use crate::pages::both::{Both, Row};
use crate::pages::{Errors, FieldView, Flash, Redirect, Section, Shell, Tone, filters, page_with};
use crate::session::{Form, Visit};

#[derive(Template)]
#[template(path = "agents/invite.html")]
struct Page {
    shell: Shell,
    path: String,
    title: String,
    owner: String,
    why_not: &'static str,
    /// Where it can be asked for.
    offers: Vec<Offer>,
    /// The one that was chosen.
    chosen: Option<Chosen>,
    message: FieldView,
    /// The version of the agent whose scope is shown.
    version: String,
    errors: Errors,
}

/// A workspace of the owner's.
struct Offer {
    value: String,
    name: String,
    organization: String,
    word: &'static str,
    tone: &'static str,
    can_ask: bool,
}

/// A workspace that the agent is to be let into, and what it could do there.
struct Chosen {
    value: String,
    name: String,
    organization: String,
    place: Option<PickPlace>,
    accepts_at_once: bool,
}

/// Which workspace: the organization's slug and the workspace's.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    to: String,
}

/// Where to, with which scope, and what is said.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Sent {
    to: String,
    scope: Vec<String>,
    message: String,
    version: String,
}

/// Chooses a workspace, then what it may do there.
#[get("/o/{org}/agents/{agent}/invite")]
pub(super) async fn open(
    app: Data<App>,
    request: HttpRequest,
    visit: Visit,
    path: Path<AgentPath>,
    asked: Query<Asked>,
) -> Result<HttpResponse, Error> {
    let looked = Looked::at(&app, &visit, path.agent).await?;
    let shell = Shell::of(&request, &visit, &looked.reading.facts, Section::Agents);
    let access = looked.access(&app, &visit).await?;
    let scope = looked.agent.scope.entries.iter().map(value).collect();
    let sent = Sent { to: asked.to.clone(), scope, message: String::new(), version: looked.version.clone() };
    Ok(show(shell, &looked, &access, &sent, Errors::none())?)
}

/// Asks, with the scope widened or narrowed for that workspace, where it was changed: in one go.
#[post("/o/{org}/agents/{agent}/invite")]
pub(super) async fn send(
    app: Data<App>,
    request: HttpRequest,
    visit: Visit,
    path: Path<AgentPath>,
    form: Form<Sent>,
) -> Result<HttpResponse, Error> {
    let looked = Looked::at(&app, &visit, path.agent).await?;
    let shell = Shell::of(&request, &visit, &looked.reading.facts, Section::Agents);
    let access = looked.access(&app, &visit).await?;
    let sent = form.0;
    let Some((host, place)) = find(&access, &sent.to) else {
        let errors = Errors::none().with("to", "Choose a workspace.");
        return Ok(show(shell, &looked, &access, &sent, errors)?);
    };
    let scope = merged(&looked.agent.scope, place, &sent.scope);
    let wish = Wish {
        host: host.organization,
        workspace: place.workspace.id,
        agent: path.agent,
        message: sent.message.clone(),
        scope: Some(scope).filter(|scope| *scope != looked.agent.scope),
    };
    let seen = Some(sent.version.clone()).filter(|version| !version.is_empty());
    let change = Request { if_match: seen, ..visit.request() };
    let back = shell.path(&format!("/agents/{}", path.agent));
    match Box::pin(app.invite_agent(change, wish)).await {
        Ok(came) => Ok(told(back, &looked, host, place, &came)),
        Err(app::Error::Conflict { code: "taken", .. }) => {
            let text = format!("{} is invited to {} already.", looked.agent.name, place.workspace.name);
            Ok(Redirect::to(back).flashing(Flash { tone: Tone::Mind, text }).response())
        }
        Err(error) => match again(error, &["message", "scope"], "")? {
            Again::Wrong(errors) => Ok(show(shell, &looked, &access, &sent, errors)?),
            Again::Stale(version) => Ok(stale(shell, &looked, &access, place, &sent, version)?),
        },
    }
}

/// Leads back, and says what came of it.
fn told(back: String, looked: &Looked, host: &Access, place: &Place, came: &Came) -> HttpResponse {
    let (agent, name) = (&looked.agent.name, &place.workspace.name);
    let text = if came.invitation.is_accepted() {
        format!("{agent} is in {name} now: the workspace lets agents in at once.")
    } else {
        format!(
            "Asked. An administrator of {} decides; until then it does nothing in {name}.",
            host.organization_name
        )
    };
    if came.is_scoped {
        return Redirect::to(back).saying(text).response();
    }
    let text = format!(
        "{text} Its scope is not as you picked it: somebody changed it in the same moment. Look at it again."
    );
    Redirect::to(back).flashing(Flash { tone: Tone::Mind, text }).response()
}

/// Somebody changed the agent while the form was open: both scopes for that workspace, to choose from.
fn stale(
    shell: Shell,
    looked: &Looked,
    access: &[Access],
    place: &Place,
    sent: &Sent,
    version: String,
) -> Result<HttpResponse, Problem> {
    let path = shell.path(&format!("/agents/{}", looked.agent.id));
    let read = |entries: &mut dyn Iterator<Item = ScopeEntry>| -> Vec<String> {
        let there = entries.filter(|entry| entry.workspace == Some(place.workspace.id));
        there.map(|entry| words(&looked.reading.facts, access, &entry)).collect()
    };
    let yours = read(&mut sent.scope.iter().filter_map(|value| entry(value)));
    let theirs = read(&mut looked.agent.scope.entries.iter().cloned());
    let mut fields = vec![
        ("version".to_owned(), version),
        ("to".to_owned(), sent.to.clone()),
        ("message".to_owned(), sent.message.clone()),
    ];
    fields.extend(sent.scope.iter().map(|value| ("scope".to_owned(), value.clone())));
    Both {
        name: looked.agent.name.to_string(),
        action: format!("{path}/invite"),
        fields,
        rows: vec![Row::lines("Scope", yours, theirs)],
        back: path,
        shell,
    }
    .response()
}

/// The scope with what was picked for one workspace in place of what it had there.
fn merged(scope: &Scope, place: &Place, picked: &[String]) -> Scope {
    let there = |entry: &ScopeEntry| entry.workspace == Some(place.workspace.id);
    let kept = scope.entries.iter().filter(|entry| !there(entry)).cloned();
    kept.chain(picked.iter().filter_map(|value| entry(value)).filter(there)).collect()
}

fn address(access: &Access, place: &Place) -> String {
    format!("{}/{}", access.organization_slug, place.workspace.slug)
}

fn find<'a>(access: &'a [Access], to: &str) -> Option<(&'a Access, &'a Place)> {
    let places = access.iter().flat_map(|access| access.places.iter().map(move |place| (access, place)));
    places.into_iter().find(|(access, place)| address(access, place) == to)
}

fn show(
    shell: Shell,
    looked: &Looked,
    access: &[Access],
    sent: &Sent,
    errors: Errors,
) -> Result<HttpResponse, Problem> {
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let home = looked.reading.facts.organization().map(|organization| organization.id);
    let places = access.iter().flat_map(|access| access.places.iter().map(move |place| (access, place)));
    let chosen = find(access, &sent.to).map(|(host, place)| {
        let scope: Scope = sent.scope.iter().filter_map(|value| entry(value)).collect();
        let alone = Access { places: vec![place.clone()], ..host.clone() };
        let picker = Picker::of(&looked.reading.facts, std::slice::from_ref(&alone), &scope);
        Chosen {
            value: sent.to.clone(),
            name: place.workspace.name.to_string(),
            organization: if Some(host.organization) == home {
                String::new()
            } else {
                host.organization_name.clone()
            },
            accepts_at_once: place.workspace.auto_accept_agents,
            place: picker.places.into_iter().next(),
        }
    });
    let template = Page {
        path: shell.path(&format!("/agents/{}", looked.agent.id)),
        title: looked.agent.name.to_string(),
        owner: looked.owner.clone(),
        why_not: say(looked.refuses(Action::InvitationCreate)),
        offers: places.map(|(access, place)| offer(home == Some(access.organization), access, place)).collect(),
        chosen,
        message: FieldView::new("message", "What do you say to whoever decides?")
            .hint("What it will do there, and for whom. It stands in the request and in the evidence of both sides.")
            .optional()
            .value(&sent.message)
            .wrong(&errors),
        version: sent.version.clone(),
        errors,
        shell,
    };
    page_with(status, &template)
}

fn offer(here: bool, access: &Access, place: &Place) -> Offer {
    let (tone, can_ask) = match place.entrance {
        Entrance::Inherited | Entrance::Invited => ("allow", false),
        Entrance::Waiting => ("wait", false),
        Entrance::NotInvited | Entrance::Declined => ("info", true),
        Entrance::GuestAgentsRefused => ("deny", false),
    };
    Offer {
        value: address(access, place),
        name: place.workspace.name.to_string(),
        organization: if here { String::new() } else { access.organization_name.clone() },
        word: match place.entrance {
            Entrance::Inherited => "It is in, with its owner",
            Entrance::Invited => "It is in, by invitation",
            Entrance::Waiting => "Waits for an answer",
            Entrance::NotInvited => "Wants an invitation",
            Entrance::Declined => "Declined; ask again",
            Entrance::GuestAgentsRefused => "Guests' agents stay out",
        },
        tone,
        can_ask,
    }
}
