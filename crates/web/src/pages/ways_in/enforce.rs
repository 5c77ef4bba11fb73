use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get, post};
use app::App;
use askama::Template;
use decision::{Action, On};
use model::ConnectionId;
use serde::Deserialize;

use super::{ConnectionPath, page_of, seen};
use crate::Problem;
use crate::pages::again::{Again, again};
use crate::pages::{Errors, FieldView, Redirect, Section, Shell, filters, page_with};
use crate::session::{Form, Fresh, Visit};

#[derive(Template)]
#[template(path = "ways_in/enforce.html")]
struct Page {
    shell: Shell,
    name: String,
    there: String,
    /// Who could not sign in any more.
    locked_out: Vec<String>,
    errors: Errors,
    reason: FieldView,
}

/// What is typed.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Typed {
    #[serde(default)]
    reason: String,
}

/// Asks whether the connection is to be demanded, and shows whom that would lock out.
#[get("/o/{org}/settings/sign-in/connections/{connection}/enforce")]
pub(super) async fn show(
    request: HttpRequest,
    app: Data<App>,
    visit: Fresh<Visit>,
    path: Path<ConnectionPath>,
) -> Result<HttpResponse, Problem> {
    ask(&request, &app, &visit.0, path.connection, &Typed::default(), Errors::none()).await
}

/// Demands it.
#[post("/o/{org}/settings/sign-in/connections/{connection}/enforce")]
pub(super) async fn submit(
    request: HttpRequest,
    app: Data<App>,
    visit: Fresh<Visit>,
    path: Path<ConnectionPath>,
    sent: Form<Typed>,
) -> Result<HttpResponse, Problem> {
    let (Fresh(visit), Form(sent)) = (visit, sent);
    match app.enforce_connection(visit.request(), path.connection, &sent.reason).await {
        Ok(_) => {
            let text = "From now on only this provider and break-glass accounts sign people in.";
            Ok(Redirect::to(page_of(&visit.slug, path.connection)).saying(text).into())
        }
        Err(error) => match again(error, &["reason"], "reason")? {
            Again::Wrong(errors) => ask(&request, &app, &visit, path.connection, &sent, errors).await,
            Again::Stale(_) => ask(&request, &app, &visit, path.connection, &sent, Errors::none()).await,
        },
    }
}

async fn ask(
    request: &HttpRequest,
    app: &App,
    visit: &Visit,
    id: ConnectionId,
    typed: &Typed,
    errors: Errors,
) -> Result<HttpResponse, Problem> {
    let reading = app.read(visit.caller, visit.organization).await?;
    let connection = seen(&reading, id)?;
    reading.require(Action::ConnectionEnforce, On::Connection(id))?;
    let locked_out = app.locked_out(&reading, visit.organization, id).await?;
    let named = |user| reading.facts.user(user).map(|user| user.name.to_string()).unwrap_or_default();
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let reason = FieldView::new("reason", "Reason").optional().value(&typed.reason).wrong(&errors);
    page_with(
        status,
        &Page {
            shell: Shell::of(request, visit, &reading.facts, Section::Settings),
            name: connection.name.to_string(),
            there: page_of(&visit.slug, id),
            locked_out: locked_out.into_iter().map(named).collect(),
            errors,
            reason,
        },
    )
}
