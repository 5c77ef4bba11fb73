//! `/o/{org}/people.csv`: the list as a file, all of it.

use actix_web::web::{Data, Query};
use actix_web::{HttpResponse, get};
use app::App;
use decision::{Action, On};

use super::rows::{Filter, rows};
use crate::session::Visit;
use crate::{Problem, csv};

/// The people whom the list shows under the same address, with times in UTC. What is not shown to the reader is empty.
#[get("/o/{org}/people.csv")]
pub(super) async fn sheet(
    app: Data<App>,
    visit: Visit,
    filter: Query<Filter>,
) -> Result<HttpResponse, Problem> {
    let reading = app.read(visit.caller, visit.organization).await?;
    if !reading.may(Action::MemberRead, On::Organization) {
        return Err(Problem::not_found());
    }
    let seen = app.presence(&reading, visit.organization).await?;
    let asking = app.who_asks_to_come_in(&reading, visit.organization).await?;
    let names = ["id", "name", "email", "role", "state", "workspaces", "agents", "seen_at", "comes_by"];
    let mut text = csv::line(names);
    for row in rows(&reading, &filter, &seen, &asking) {
        text.push_str(&csv::line([
            row.id.to_string().as_str(),
            &row.name,
            row.email.as_deref().unwrap_or_default(),
            row.role.as_str(),
            if row.suspended { "suspended" } else { "active" },
            &row.workspaces.to_string(),
            &row.agents.map(|count| count.to_string()).unwrap_or_default(),
            &row.seen.map(csv::moment).unwrap_or_default(),
            row.source,
        ]));
    }
    Ok(csv::sheet(&format!("people-{}", visit.slug), text))
}
