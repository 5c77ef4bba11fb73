//! How it proves itself.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Query};
use actix_web::{Error, HttpRequest, HttpResponse, get, post};
use app::App;
use askama::Template;
use serde::Deserialize;

use super::draft::{Begun, Step};
use super::{DraftPath, From, onward, path};
use crate::Problem;
use crate::pages::keys::create::lives;
use crate::pages::{Choice, Errors, FieldView, Section, Shell, filters, page_with};
use crate::session::{Form, Visit};

/// A quarter: long enough not to be felt as a burden, short enough that rotating stays a habit (security.md K5).
const USUAL_DAYS: i64 = 90;

#[derive(Template)]
#[template(path = "agents/create/key.html")]
struct Page {
    shell: Shell,
    step: usize,
    back: String,
    action: String,
    from: String,
    name: String,
    proof: FieldView,
    key_name: FieldView,
    key_days: FieldView,
    errors: Errors,
}

/// What was chosen.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Typed {
    proof: String,
    key_name: String,
    key_days: String,
    from: String,
}

/// The form.
#[get("/o/{org}/agents/new/{draft}/key")]
pub(super) async fn open(
    app: Data<App>,
    request: HttpRequest,
    visit: Visit,
    path: Path<DraftPath>,
    from: Query<From>,
) -> Result<HttpResponse, Error> {
    let begun = Begun::open(&app, &visit, path.draft).await?;
    let shell = Shell::of(&request, &visit, &begun.reading.facts, Section::Agents);
    let answered = begun.draft.answered.iter().any(|word| word == Step::Key.word());
    let typed = Typed {
        proof: if answered && begun.draft.key_name.is_empty() { "later" } else { "key" }.to_owned(),
        key_name: begun.draft.key_name.clone(),
        key_days: if answered { begun.draft.key_days } else { USUAL_DAYS }.to_string(),
        from: from.from.clone(),
    };
    Ok(show(shell, &begun, &typed, Errors::none())?)
}

/// Takes it.
#[post("/o/{org}/agents/new/{draft}/key")]
pub(super) async fn save(
    app: Data<App>,
    request: HttpRequest,
    visit: Visit,
    path: Path<DraftPath>,
    form: Form<Typed>,
) -> Result<HttpResponse, Error> {
    let mut begun = Begun::open(&app, &visit, path.draft).await?;
    let shell = Shell::of(&request, &visit, &begun.reading.facts, Section::Agents);
    let typed = form.0;
    if typed.proof == "later" {
        begun.draft.key_name = String::new();
    } else {
        match typed.key_name.parse::<model::Name>() {
            Ok(name) => begun.draft.key_name = name.to_string(),
            Err(wrong) => {
                let errors = Errors::none().with("key_name", format!("Say where it will be kept: {wrong}."));
                return Ok(show(shell, &begun, &typed, errors)?);
            }
        }
    }
    begun.draft.key_days = typed.key_days.parse().unwrap_or(USUAL_DAYS);
    begun.save(&app, &visit, Step::Key).await?;
    Ok(onward(&shell, begun.id, Step::Key, &typed.from))
}

fn show(shell: Shell, begun: &Begun, typed: &Typed, errors: Errors) -> Result<HttpResponse, Problem> {
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let template = Page {
        step: Step::Key.number(),
        back: path(&shell, begun.id, Step::Scope),
        action: path(&shell, begun.id, Step::Key),
        from: typed.from.clone(),
        name: begun.draft.name.clone(),
        proof: FieldView::new("proof", "How does it prove that it is itself?")
            .choices([
                Choice::new("key", "With an API key").hint("Works anywhere and has to be kept secret. You see it once, on the next page but one."),
                Choice::new("later", "Not yet").hint("Until it has a key it cannot act."),
            ])
            .value(&typed.proof),
        key_name: FieldView::new("key_name", "Where will the key be kept?")
            .hint("This is its name: CI of the billing repository, Maya's laptop. You will know it again when it has to be rotated.")
            .value(&typed.key_name)
            .wrong(&errors),
        key_days: FieldView::new("key_days", "When does the key end?").choices(lives()).value(&typed.key_days),
        errors,
        shell,
    };
    page_with(status, &template)
}
