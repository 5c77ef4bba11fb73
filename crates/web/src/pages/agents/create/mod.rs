//! `/o/{org}/agents/new`: creating an agent in short pages. What is typed is kept after each, so nothing is asked twice
//! and a lost session loses nothing.

mod check;
mod draft;
mod key;
mod name;
mod owner;
mod scope;

use actix_web::error::InternalError;
use actix_web::web::ServiceConfig;
use actix_web::{Error, HttpResponse};
use draft::{NoDraft, Step};
use serde::Deserialize;
use uuid::Uuid;

use crate::pages::{Flash, Redirect, Shell, Tone};
use crate::session::Visit;

/// The path of a draft's pages.
#[derive(Debug, Deserialize)]
struct DraftPath {
    draft: Uuid,
}

/// Where a page was come to from: `check` leads back there.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct From {
    from: String,
}

pub(super) fn configure(config: &mut ServiceConfig) {
    config
        .service(name::begin)
        .service(name::open)
        .service(name::save)
        .service(owner::open)
        .service(owner::save)
        .service(scope::open)
        .service(scope::save)
        .service(key::open)
        .service(key::save)
        .service(check::open)
        .service(check::create);
}

/// The address of a page of a draft.
fn path(shell: &Shell, draft: Uuid, step: Step) -> String {
    shell.path(&format!("/agents/new/{draft}/{}", step.word()))
}

/// On to the next page, or back to the check where one came from there.
fn onward(shell: &Shell, draft: Uuid, step: Step, from: &str) -> HttpResponse {
    let next = if from == Step::Check.word() { Step::Check } else { step.next() };
    Redirect::to(path(shell, draft, next)).response()
}

/// The answer where there is no draft any more, as an error, so that a page need not look.
fn gone(visit: &Visit, gone: NoDraft) -> Error {
    match gone {
        NoDraft::Created(agent) => {
            let text = "It was created already: this is it.".to_owned();
            let to = format!("/o/{}/agents/{agent}", visit.slug);
            let response = Redirect::to(to).flashing(Flash { tone: Tone::Mind, text }).response();
            InternalError::from_response("the draft has become an agent", response).into()
        }
        NoDraft::Problem(problem) => problem.into(),
    }
}
