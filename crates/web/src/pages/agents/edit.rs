//! `/o/{org}/agents/{agent}/edit`

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{Error, HttpRequest, HttpResponse, get, post};
use app::{App, agents};
use askama::Template;
use decision::Action;
use serde::Deserialize;

use super::AgentPath;
use super::look::Looked;
use crate::Problem;
use crate::pages::again::{Again, again};
use crate::pages::both::{Both, Row};
use crate::pages::{Errors, FieldView, Redirect, Section, Shell, filters, page_with};
use crate::session::{Form, Visit};

#[derive(Template)]
#[template(path = "agents/edit.html")]
struct Page {
    shell: Shell,
    path: String,
    title: String,
    version: String,
    name: FieldView,
    purpose: FieldView,
    errors: Errors,
}

/// What was typed, on which version.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    name: String,
    purpose: String,
    version: String,
}

/// The form.
#[get("/o/{org}/agents/{agent}/edit")]
pub(super) async fn open(
    app: Data<App>,
    request: HttpRequest,
    visit: Visit,
    path: Path<AgentPath>,
) -> Result<HttpResponse, Error> {
    let looked = Looked::at(&app, &visit, path.agent).await?;
    if let Some(reason) = looked.refuses(Action::AgentUpdate) {
        return Err(Problem::denied(reason).into());
    }
    let shell = Shell::of(&request, &visit, &looked.reading.facts, Section::Agents);
    let typed = Typed {
        name: looked.agent.name.to_string(),
        purpose: looked.agent.purpose.clone(),
        version: looked.version.clone(),
    };
    Ok(show(shell, &looked, typed, Errors::none())?)
}

/// Takes it.
#[post("/o/{org}/agents/{agent}/edit")]
pub(super) async fn save(
    app: Data<App>,
    request: HttpRequest,
    visit: Visit,
    path: Path<AgentPath>,
    form: Form<Typed>,
) -> Result<HttpResponse, Error> {
    let looked = Looked::at(&app, &visit, path.agent).await?;
    let shell = Shell::of(&request, &visit, &looked.reading.facts, Section::Agents);
    let typed = form.0;
    let name = match typed.name.parse::<model::Name>() {
        Ok(name) => name,
        Err(wrong) => {
            return Ok(show(shell, &looked, typed, Errors::none().with("name", wrong.to_string()))?);
        }
    };
    let wanted = agents::Rename { name: Some(name), purpose: Some(typed.purpose.clone()) };
    let change = app::Request { if_match: Some(typed.version.clone()), ..visit.request() };
    match app.change(change, |planning| agents::update(planning, path.agent, wanted)).await {
        Ok(changed) => {
            let back = shell.path(&format!("/agents/{}", path.agent));
            Ok(Redirect::to(back).saying(format!("Saved. It is called {}.", changed.value.name)).response())
        }
        Err(error) => match again(error, &["name", "purpose"], "")? {
            Again::Wrong(errors) => Ok(show(shell, &looked, typed, errors)?),
            Again::Stale(version) => Ok(stale(shell, &looked, &typed, version)?),
        },
    }
}

fn show(shell: Shell, looked: &Looked, typed: Typed, errors: Errors) -> Result<HttpResponse, Problem> {
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let template = Page {
        path: shell.path(&format!("/agents/{}", looked.agent.id)),
        title: looked.agent.name.to_string(),
        version: typed.version,
        name: FieldView::new("name", "Name").hint("What people call it.").value(typed.name).wrong(&errors),
        purpose: FieldView::new("purpose", "Purpose")
            .hint("One sentence: what it is for. It stands on its page and in every request for access.")
            .optional()
            .value(typed.purpose)
            .wrong(&errors),
        errors,
        shell,
    };
    page_with(status, &template)
}

fn stale(shell: Shell, looked: &Looked, typed: &Typed, version: String) -> Result<HttpResponse, Problem> {
    let path = shell.path(&format!("/agents/{}", looked.agent.id));
    let Typed { name, purpose, .. } = typed;
    Both {
        name: looked.agent.name.to_string(),
        action: format!("{path}/edit"),
        fields: vec![
            ("name".to_owned(), name.clone()),
            ("purpose".to_owned(), purpose.clone()),
            ("version".to_owned(), version),
        ],
        rows: vec![
            Row::of("Name", name, looked.agent.name.as_str()),
            Row::of("Purpose", purpose, &looked.agent.purpose),
        ],
        back: path,
        shell,
    }
    .response()
}
