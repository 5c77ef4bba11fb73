//! The most it may ever do.

use actix_web::web::{Data, Path, Query};
use actix_web::{Error, HttpRequest, HttpResponse, get, post};
use app::App;
use app::agents::access_of;
use askama::Template;
use serde::Deserialize;

use super::draft::{Begun, Step};
use super::{DraftPath, From, onward, path};
use crate::Problem;
use crate::pages::agents::look::person;
use crate::pages::agents::picker::Picker;
use crate::pages::{Errors, Section, Shell, filters, page};
use crate::session::{Form, Visit};

#[derive(Template)]
#[template(path = "agents/create/scope.html")]
struct Page {
    shell: Shell,
    step: usize,
    back: String,
    action: String,
    from: String,
    name: String,
    owner: String,
    picker: Picker,
    errors: Errors,
}

/// What was picked.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Picked {
    scope: Vec<String>,
    from: String,
}

/// The form.
#[get("/o/{org}/agents/new/{draft}/scope")]
pub(super) async fn open(
    app: Data<App>,
    request: HttpRequest,
    visit: Visit,
    path: Path<DraftPath>,
    from: Query<From>,
) -> Result<HttpResponse, Error> {
    let begun = Begun::open(&app, &visit, path.draft).await?;
    let shell = Shell::of(&request, &visit, &begun.reading.facts, Section::Agents);
    Ok(show(&app, shell, &visit, &begun, &from.from).await?)
}

/// Takes it. An empty scope is an answer: it may do nothing until it is given some.
#[post("/o/{org}/agents/new/{draft}/scope")]
pub(super) async fn save(
    app: Data<App>,
    request: HttpRequest,
    visit: Visit,
    path: Path<DraftPath>,
    form: Form<Picked>,
) -> Result<HttpResponse, Error> {
    let mut begun = Begun::open(&app, &visit, path.draft).await?;
    let shell = Shell::of(&request, &visit, &begun.reading.facts, Section::Agents);
    let Picked { scope, from } = form.0;
    begun.draft.scope = scope;
    begun.save(&app, &visit, Step::Scope).await?;
    Ok(onward(&shell, begun.id, Step::Scope, &from))
}

async fn show(
    app: &App,
    shell: Shell,
    visit: &Visit,
    begun: &Begun,
    from: &str,
) -> Result<HttpResponse, Problem> {
    let facts = &begun.reading.facts;
    let agent = begun.preview(visit)?;
    let mut access: Vec<_> = access_of(facts, facts, &agent).into_iter().collect();
    if agent.owner == visit.user {
        for place in app.places(&visit.session).await? {
            if place.organization.id != visit.organization {
                access.extend(access_of(&place.facts, facts, &agent));
            }
        }
    }
    // A new agent is in no scope yet, so what can be picked is what its owner holds.
    let template = Page {
        step: Step::Scope.number(),
        back: path(&shell, begun.id, Step::Owner),
        action: path(&shell, begun.id, Step::Scope),
        from: from.to_owned(),
        name: begun.draft.name.clone(),
        owner: person(facts, agent.owner),
        picker: Picker::of(facts, &access, &agent.scope),
        errors: Errors::none(),
        shell,
    };
    page(&template)
}
