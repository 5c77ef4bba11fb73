//! `/o/{org}/keyboard`: the keys, for whoever has no script or wants to read them in peace.

use actix_web::web::Data;
use actix_web::{Error, HttpRequest, HttpResponse, get};
use app::App;
use askama::Template;

use super::{Section, Shell, filters, page};
use crate::Problem;
use crate::session::Visit;

#[derive(Template)]
#[template(path = "keyboard.html")]
struct Page {
    shell: Shell,
}

/// The keys.
#[get("/o/{org}/keyboard")]
pub(super) async fn keyboard(
    app: Data<App>,
    request: HttpRequest,
    visit: Visit,
) -> Result<HttpResponse, Error> {
    let reading = app.read(visit.caller, visit.organization).await.map_err(Problem::from)?;
    Ok(page(&Page { shell: Shell::of(&request, &visit, &reading.facts, Section::Elsewhere) })?)
}
