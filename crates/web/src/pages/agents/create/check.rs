//! All answers on one page, and then the agent.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{Error, HttpRequest, HttpResponse, get, post};
use app::agents::access_of;
use app::{App, agents, keys as use_cases};
use askama::Template;
use chrono::TimeDelta;
use model::{Edit, Holder, KeyLimits, Scope, Snapshot};
use serde::Deserialize;

use super::draft::{Begun, Step};
use super::{DraftPath, gone, path};
use crate::Problem;
use crate::pages::again::wrong;
use crate::pages::agents::look::person;
use crate::pages::agents::may::may;
use crate::pages::agents::picker::words;
use crate::pages::keys::reveal::{About, Secret, once, slip};
use crate::pages::{Errors, Redirect, Seal, Section, Shell, filters, page_with};
use crate::session::{Form, Visit, step_up_path};

#[derive(Template)]
#[template(path = "agents/create/check.html")]
struct Page {
    shell: Shell,
    step: usize,
    back: String,
    path: String,
    slip: String,
    seal: Seal,
    name: String,
    purpose: String,
    owner: String,
    scope: Vec<Entry>,
    may: Vec<String>,
    key_name: String,
    key_days: i64,
    errors: Errors,
}

/// An entry of the scope, and whether its owner holds it.
struct Entry {
    words: String,
    is_held: bool,
}

/// That it is meant, once.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Sent {
    slip: String,
}

/// The check.
#[get("/o/{org}/agents/new/{draft}/check")]
pub(super) async fn open(
    app: Data<App>,
    request: HttpRequest,
    visit: Visit,
    path: Path<DraftPath>,
) -> Result<HttpResponse, Error> {
    let begun = Begun::open(&app, &visit, path.draft).await?;
    let shell = Shell::of(&request, &visit, &begun.reading.facts, Section::Agents);
    let first = begun.first_open();
    if first != Step::Check {
        return Ok(Redirect::to(super::path(&shell, begun.id, first)).response());
    }
    if !begun.draft.key_name.is_empty() && !visit.session.is_fresh(begun.reading.now) {
        let here = super::path(&shell, begun.id, Step::Check);
        return Ok(Redirect::to(step_up_path(&here)).response());
    }
    let slip = slip(&app);
    Ok(show(shell, &visit, &begun, slip, Errors::none())?)
}

/// Creates it, and its key; shows the key once.
#[post("/o/{org}/agents/new/{draft}/check")]
pub(super) async fn create(
    app: Data<App>,
    request: HttpRequest,
    visit: Visit,
    path: Path<DraftPath>,
    form: Form<Sent>,
) -> Result<HttpResponse, Error> {
    let begun = match Begun::at(&app, &visit, path.draft).await {
        Ok(begun) => begun,
        Err(none) => return repeated(&app, &visit, &form.0.slip, none).await,
    };
    let shell = Shell::of(&request, &visit, &begun.reading.facts, Section::Agents);
    let with_key = !begun.draft.key_name.is_empty();
    if with_key && !visit.session.is_fresh(begun.reading.now) {
        let here = super::path(&shell, begun.id, Step::Check);
        return Ok(Redirect::to(step_up_path(&here)).response());
    }
    let back = shell.path(&format!("/agents/{}", begun.agent));
    let outcome = async {
        if !with_key {
            let new = wanted(&visit, &begun)?;
            let agent = app.change(visit.request(), |planning| agents::create(planning, new)).await?.value;
            app.drop_draft(visit.organization, visit.user, begun.id).await?;
            let said = format!("{} is there. It cannot act until it has a key.", agent.name);
            return Ok(Redirect::to(back).saying(said).response());
        }
        let both = Box::pin(async {
            let new = wanted(&visit, &begun)?;
            let key = use_cases::NewKey {
                // The one that is created with it.
                holder: Holder::Agent(begun.agent),
                name: begun
                    .draft
                    .key_name
                    .parse()
                    .map_err(|wrong: model::NameError| app::Error::invalid("key_name", wrong))?,
                expires_at: Some(begun.reading.now + TimeDelta::days(begun.draft.key_days)),
                limits: KeyLimits::default(),
            };
            let changed = app.change(visit.request(), |p| agents::create_with_key(p, new, key)).await?;
            let (agent, minted) = changed.value;
            app.drop_draft(visit.organization, visit.user, begun.id).await?;
            let about = About { holder: agent.name.to_string(), back: back.clone(), note: String::new() };
            Ok((about, vec![Secret::of(minted.key.name.as_str(), &minted.token)]))
        });
        once(&app, &visit, &form.0.slip, both).await
    };
    match Box::pin(outcome).await {
        Ok(response) => Ok(response),
        Err(error) => {
            let errors = wrong(error, &[])?;
            Ok(show(shell, &visit, &begun, form.0.slip.clone(), errors)?)
        }
    }
}

/// The same form once more: leads to where the first one led.
async fn repeated(app: &App, visit: &Visit, slip: &str, none: super::NoDraft) -> Result<HttpResponse, Error> {
    let known = match slip.parse::<keys::Slip>() {
        Ok(slip) => app.has_reveal(visit.organization, visit.user, &slip).await.map_err(Problem::from)?,
        Err(_) => false,
    };
    if known && matches!(none, super::NoDraft::Created(_)) {
        return Ok(Redirect::to(crate::pages::keys::reveal::path(visit, slip)).response());
    }
    Err(gone(visit, none))
}

/// The agent as the draft has it.
fn wanted(visit: &Visit, begun: &Begun) -> Result<agents::NewAgent, app::Error> {
    Ok(agents::NewAgent {
        id: Some(begun.agent),
        name: begun
            .draft
            .name
            .parse()
            .map_err(|wrong: model::NameError| app::Error::invalid("name", wrong))?,
        purpose: begun.draft.purpose.clone(),
        owner: Some(begun.owner(visit)),
        scope: begun.scope(),
        never: Scope::default(),
    })
}

fn show(
    shell: Shell,
    visit: &Visit,
    begun: &Begun,
    slip: String,
    errors: Errors,
) -> Result<HttpResponse, Problem> {
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let facts = &begun.reading.facts;
    let agent = begun.preview(visit)?;
    let owner = person(facts, agent.owner);
    // As if it were there already: what is decided is decided about it.
    let mut with_it = Snapshot::clone(facts);
    with_it.edit(&Edit::create(agent.clone()));
    let access: Vec<_> = access_of(&with_it, &with_it, &agent).into_iter().collect();
    let held = |entry: &model::ScopeEntry| {
        let lines = access.iter().flat_map(|a| &a.places).flat_map(|p| p.lines.iter().map(move |l| (p, l)));
        lines.into_iter().any(|(place, line)| {
            line.inherited
                && entry.workspace.is_none_or(|id| id == place.workspace.id)
                && entry.server.is_none_or(|id| id == line.server.id)
                && entry.tools.matches(line.tool.name.as_str())
        })
    };
    let entries = agent.scope.entries.iter();
    let template = Page {
        step: Step::Check.number(),
        back: path(&shell, begun.id, Step::Key),
        path: shell.path(&format!("/agents/new/{}", begun.id)),
        slip,
        seal: Seal::agent(agent.id.uuid(), agent.name.as_str(), agent.owner.uuid(), &owner).large(),
        name: agent.name.to_string(),
        purpose: agent.purpose.clone(),
        scope: entries.map(|e| Entry { words: words(facts, &access, e), is_held: held(e) }).collect(),
        may: may(&agent, &owner, &access),
        owner,
        key_name: begun.draft.key_name.clone(),
        key_days: begun.draft.key_days,
        errors,
        shell,
    };
    page_with(status, &template)
}
