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

/// Which workspaces.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Filter {
    q: String,
    after: String,
}

#[derive(Template)]
#[template(path = "workspaces/list.html")]
struct WorkspaceList {
    shell: Shell,
    filter: Filter,
    cut: Cut<Row>,
    create: Ability,
}

impl WorkspaceList {
    fn following(&self, after: &str) -> String {
        self.shell.path(&format!("/workspaces{}", query(&[("q", &self.filter.q), ("after", after)])))
    }
}

/// Lists the workspaces that the visitor may see.
#[get("/o/{org}/workspaces")]
pub(super) async fn list(
    request: HttpRequest,
    app: Data<App>,
    visit: Visit,
    filter: Query<Filter>,
) -> Result<HttpResponse, Problem> {
    let reading = app.read(visit.caller, visit.organization).await?;
    let filter = filter.into_inner();
    let cut = Cut::of(rows(&reading, &filter.q), &filter.after, |row| row.path.clone());
    let create = Ability::of(&reading, Action::WorkspaceCreate, On::Organization);
    let shell = Shell::of(&request, &visit, &reading.facts, Section::Workspaces);
    page(&WorkspaceList { shell, filter, cut, create })
}
