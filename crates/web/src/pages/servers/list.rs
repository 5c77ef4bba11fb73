use actix_web::web::{Data, Query};
use actix_web::{HttpRequest, HttpResponse, get};
use app::App;
use askama::Template;
use decision::{Action, On};
use serde::Deserialize;

use super::rows::{Row, rows};
use crate::Problem;
use crate::pages::ability::Ability;
use crate::pages::cut::Cut;
use crate::pages::query::query;
use crate::pages::{Section, Shell, filters, page};
use crate::session::Visit;

/// Which servers.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Filter {
    q: String,
    state: String,
    after: String,
}

#[derive(Template)]
#[template(path = "servers/list.html")]
struct ServerList {
    shell: Shell,
    filter: Filter,
    cut: Cut<Row>,
    create: Ability,
    roles: usize,
}

impl ServerList {
    fn following(&self, after: &str) -> String {
        let fields = [("q", self.filter.q.as_str()), ("state", &self.filter.state), ("after", after)];
        self.shell.path(&format!("/tools{}", query(&fields)))
    }
}

/// Lists the servers.
#[get("/o/{org}/tools")]
pub(super) async fn list(
    request: HttpRequest,
    app: Data<App>,
    visit: Visit,
    filter: Query<Filter>,
) -> Result<HttpResponse, Problem> {
    let reading = app.read(visit.caller, visit.organization).await?;
    // For guests the page does not exist: they know the servers of the workspaces they were invited to.
    if !reading.may(Action::ServerRead, On::Organization) {
        return Err(Problem::not_found());
    }
    let filter = filter.into_inner();
    let rows = rows(&reading, &filter.q, filter.state == "removed");
    let cut = Cut::of(rows, &filter.after, |row| row.path.clone());
    let create = Ability::of(&reading, Action::ServerCreate, On::Organization);
    let roles = reading.facts.list_roles(None).count();
    let shell = Shell::of(&request, &visit, &reading.facts, Section::Tools);
    page(&ServerList { shell, filter, cut, create, roles })
}
