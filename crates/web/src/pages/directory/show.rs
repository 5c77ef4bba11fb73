//! How the directory is connected, what its groups give, what was refused of late.

use actix_web::web::Data;
use actix_web::{Error, HttpRequest, HttpResponse, get};
use app::App;
use app::directory::Failure;
use askama::Template;
use chrono::{DateTime, Utc};
use decision::{Action, On};
use model::{Holder, OrganizationRole};

use super::rows::{GroupRow, KeyRow, groups, keys};
use crate::Problem;
use crate::gateways::GatewayState;
use crate::pages::agents::look::say;
use crate::pages::{Section, Shell, filters, page};
use crate::session::Visit;

#[derive(Template)]
#[template(path = "directory/show.html")]
struct Page {
    shell: Shell,
    path: String,
    base_url: String,
    last_sync: Option<DateTime<Utc>>,
    people: usize,
    keys: Vec<KeyRow>,
    no_new: &'static str,
    groups: Vec<GroupRow>,
    no_map: &'static str,
    failures: Vec<Failure>,
}

/// The page.
#[get("/o/{org}/settings/directory")]
pub(super) async fn show(
    app: Data<App>,
    gateways: Data<GatewayState>,
    request: HttpRequest,
    visit: Visit,
) -> Result<HttpResponse, Error> {
    let reading = app.read(visit.caller, visit.organization).await.map_err(Problem::from)?;
    reading.check(Action::DirectoryRead, On::Organization).map_err(|_| Problem::not_found())?;
    let standing = app.directory_standing(visit.organization).await.map_err(Problem::from)?;
    let shell = Shell::of(&request, &visit, &reading.facts, Section::Settings);
    let facts = &reading.facts;
    let any_group = facts.list_groups(None).next().map(|group| group.id);
    let map = |group| reading.why_not(Action::GroupMap, On::GroupGives(group, OrganizationRole::Member));
    let key = reading.why_not(Action::KeyCreate, On::KeysOf(Holder::Directory(visit.organization)));
    Ok(page(&Page {
        path: shell.path("/settings/directory"),
        base_url: format!("{}/scim/v2", gateways.public_url),
        last_sync: standing.last_sync,
        people: facts.list_directory_users(None).count(),
        keys: keys(facts, visit.organization, reading.now),
        no_new: say(key),
        groups: groups(facts),
        no_map: say(any_group.and_then(map)),
        failures: standing.failures,
        shell,
    })?)
}
