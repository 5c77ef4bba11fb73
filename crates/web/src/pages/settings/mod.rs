//! `/o/{org}/settings`: what is set up here, each with its page.

mod act;
mod copy;
mod danger;
mod general;
mod transfer;

use actix_web::web::{Data, ServiceConfig};
use actix_web::{Error, HttpRequest, HttpResponse, get};
use app::{App, Reading};
use askama::Template;
use decision::{Action, On};
use model::{Organization, OrganizationRole};

use super::{Section, Shell, filters, page};
use crate::Problem;
use crate::session::Visit;

#[derive(Template)]
#[template(path = "settings/settings.html")]
struct Page {
    shell: Shell,
    organization: Organization,
    /// Whether the reader sees what is set up for the whole organization.
    administers: bool,
}

/// The organization, and the pages of its settings.
#[get("/o/{org}/settings")]
async fn settings(app: Data<App>, request: HttpRequest, visit: Visit) -> Result<HttpResponse, Error> {
    let reading = app.read(visit.caller, visit.organization).await.map_err(Problem::from)?;
    let shell = Shell::of(&request, &visit, &reading.facts, Section::Settings);
    let organization = present(&reading)?;
    Ok(page(&Page { organization, administers: sees(visit.role), shell })?)
}

/// The facts, for whoever administers or audits: for others the page does not exist. Asked by the role and not by a right,
/// because an organization that is ending has no rights but to take that back.
async fn administers(app: &App, visit: &Visit) -> Result<Reading, Problem> {
    if !sees(visit.role) {
        return Err(Problem::not_found());
    }
    Ok(app.read(visit.caller, visit.organization).await?)
}

fn sees(role: OrganizationRole) -> bool {
    matches!(role, OrganizationRole::Owner | OrganizationRole::Admin | OrganizationRole::Auditor)
}

/// Refuses a page that asks whether to do something to who may not do it.
fn may(reading: &Reading, action: Action, on: On) -> Result<(), Problem> {
    match reading.why_not(action, on) {
        Some(reason) => Err(Problem::denied(reason)),
        None => Ok(()),
    }
}

/// The organization as it is.
fn present(reading: &Reading) -> Result<Organization, Problem> {
    let organization = reading.facts.organization().ok_or_else(Problem::not_found)?;
    Ok(Organization::clone(organization))
}

/// Mounts the pages.
pub(super) fn configure(config: &mut ServiceConfig) {
    config
        .service(settings)
        .service(general::open)
        .service(general::save)
        .service(danger::danger)
        .service(act::ask_stop)
        .service(act::stop)
        .service(act::release)
        .service(act::ask_delete)
        .service(act::delete)
        .service(act::undelete)
        .service(copy::ask)
        .service(copy::take)
        .service(transfer::ask)
        .service(transfer::transfer);
}
