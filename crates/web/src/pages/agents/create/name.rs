//! What it is called and for.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Query};
use actix_web::{Error, HttpRequest, HttpResponse, get, post};
use app::App;
use askama::Template;
use serde::Deserialize;

use super::draft::{Begun, Step};
use super::{DraftPath, From, onward, path};
use crate::Problem;
use crate::pages::agents::look::person;
use crate::pages::{Errors, FieldView, Seal, Section, Shell, filters, page_with};
use crate::session::{Form, Visit};

/// The model's own limit of a sentence.
const PURPOSE_LIMIT: usize = 500;

#[derive(Template)]
#[template(path = "agents/create/name.html")]
struct Page {
    shell: Shell,
    step: usize,
    back: String,
    action: String,
    from: String,
    seal: Seal,
    owner: String,
    name: FieldView,
    purpose: FieldView,
    errors: Errors,
}

/// What was typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Typed {
    name: String,
    purpose: String,
    from: String,
}

/// A new draft.
#[get("/o/{org}/agents/new")]
pub(super) async fn begin(app: Data<App>, request: HttpRequest, visit: Visit) -> Result<HttpResponse, Error> {
    let begun = Begun::new(&app, &visit).await?;
    let shell = Shell::of(&request, &visit, &begun.reading.facts, Section::Agents);
    Ok(show(shell, &visit, &begun, "", Errors::none())?)
}

/// A draft that was begun.
#[get("/o/{org}/agents/new/{draft}/name")]
pub(super) async fn open(
    app: Data<App>,
    request: HttpRequest,
    visit: Visit,
    path: Path<DraftPath>,
    from: Query<From>,
) -> Result<HttpResponse, Error> {
    let begun = Begun::open(&app, &visit, path.draft).await?;
    let shell = Shell::of(&request, &visit, &begun.reading.facts, Section::Agents);
    Ok(show(shell, &visit, &begun, &from.from, Errors::none())?)
}

/// Takes it.
#[post("/o/{org}/agents/new/{draft}/name")]
pub(super) async fn save(
    app: Data<App>,
    request: HttpRequest,
    visit: Visit,
    path: Path<DraftPath>,
    form: Form<Typed>,
) -> Result<HttpResponse, Error> {
    let mut begun = Begun::open(&app, &visit, path.draft).await?;
    let shell = Shell::of(&request, &visit, &begun.reading.facts, Section::Agents);
    let Typed { name, purpose, from } = form.0;
    let mut errors = Errors::none();
    match name.parse::<model::Name>() {
        Ok(name) => begun.draft.name = name.to_string(),
        Err(wrong) => {
            errors.add("name", format!("Give it a name: {wrong}."));
            begun.draft.name = name;
        }
    }
    if purpose.chars().count() > PURPOSE_LIMIT {
        errors.add("purpose", format!("At most {PURPOSE_LIMIT} characters."));
    }
    begun.draft.purpose = purpose;
    if !errors.is_empty() {
        return Ok(show(shell, &visit, &begun, &from, errors)?);
    }
    begun.save(&app, &visit, Step::Name).await?;
    Ok(onward(&shell, begun.id, Step::Name, &from))
}

fn show(
    shell: Shell,
    visit: &Visit,
    begun: &Begun,
    from: &str,
    errors: Errors,
) -> Result<HttpResponse, Problem> {
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let owner = person(&begun.reading.facts, begun.owner(visit));
    let template = Page {
        step: Step::Name.number(),
        back: shell.path("/agents"),
        action: path(&shell, begun.id, Step::Name),
        from: from.to_owned(),
        seal: Seal::agent(begun.agent.uuid(), &begun.draft.name, begun.owner(visit).uuid(), &owner).large(),
        owner,
        name: FieldView::new("name", "What is it called?")
            .hint("As you would call a colleague: Invoice Reconciler, Release Notes.")
            .value(&begun.draft.name)
            .wrong(&errors),
        purpose: FieldView::new("purpose", "What is it for?")
            .hint("One sentence. Whoever is asked to let it in reads it.")
            .optional()
            .value(&begun.draft.purpose)
            .wrong(&errors),
        errors,
        shell,
    };
    page_with(status, &template)
}
