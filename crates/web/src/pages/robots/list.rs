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
use crate::pages::{Section, Shell, Who, filters, page};
use crate::session::Visit;

/// Which robots.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Filter {
    q: String,
    state: String,
    after: String,
}

#[derive(Template)]
#[template(path = "robots/list.html")]
struct RobotList {
    shell: Shell,
    filter: Filter,
    cut: Cut<(Who, Row)>,
    create: Ability,
}

impl RobotList {
    fn following(&self, after: &str) -> String {
        let fields = [("q", self.filter.q.as_str()), ("state", &self.filter.state), ("after", after)];
        self.shell.path(&format!("/robots{}", query(&fields)))
    }
}

/// Lists the robots.
#[get("/o/{org}/robots")]
pub(super) async fn list(
    request: HttpRequest,
    app: Data<App>,
    visit: Visit,
    filter: Query<Filter>,
) -> Result<HttpResponse, Problem> {
    let reading = app.read(visit.caller, visit.organization).await?;
    // For guests the page does not exist, unless they are named as a steward.
    let filter = filter.into_inner();
    let rows = rows(&reading, &filter.q, &filter.state);
    if rows.is_empty() && !reading.may(Action::RobotRead, On::Organization) {
        return Err(Problem::not_found());
    }
    let shell = Shell::of(&request, &visit, &reading.facts, Section::Robots);
    let cut = Cut::of(rows, &filter.after, |row| row.robot.id.to_string());
    let cut = cut.map(|row| {
        let there = shell.path(&format!("/robots/{}", row.robot.id));
        (Who::robot(&reading.facts, &row.robot).linked(there), row)
    });
    let create = Ability::of(&reading, Action::RobotCreate, On::Organization);
    page(&RobotList { shell, filter, cut, create })
}
