//! `/o/{org}/settings`: what is set up here, each with its page.

use actix_web::web::Data;
use actix_web::{Error, HttpRequest, HttpResponse, get};
use app::App;
use askama::Template;

use super::agents::look::shell;
use super::{Section, Shell, filters, page};
use crate::Problem;
use crate::session::Visit;

#[derive(Template)]
#[template(path = "settings.html")]
struct Page {
    shell: Shell,
    name: String,
    slug: String,
    id: String,
}

/// The organization, and the pages of its settings.
#[get("/o/{org}/settings")]
pub(super) async fn settings(
    app: Data<App>,
    request: HttpRequest,
    visit: Visit,
) -> Result<HttpResponse, Error> {
    let reading = app.read(visit.caller, visit.organization).await.map_err(Problem::from)?;
    let shell = shell(&reading, &request, &visit, Section::Settings);
    let organization = reading.facts.organization().ok_or_else(Problem::not_found)?;
    let template = Page {
        name: organization.name.to_string(),
        slug: organization.slug.to_string(),
        id: organization.id.to_string(),
        shell,
    };
    Ok(page(&template)?)
}
