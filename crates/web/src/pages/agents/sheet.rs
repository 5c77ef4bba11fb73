//! `/o/{org}/agents.csv`: the list as a file, all of it.

use actix_web::web::{Data, Query};
use actix_web::{Error, HttpResponse, get};
use app::App;
use model::PrincipalId;

use super::filter::Filter;
use crate::session::Visit;
use crate::{Problem, csv};

/// The agents that the list shows under the same address, in its order, with times in UTC.
#[get("/o/{org}/agents.csv")]
pub(super) async fn sheet(
    app: Data<App>,
    visit: Visit,
    filter: Query<Filter>,
) -> Result<HttpResponse, Error> {
    let filter = filter.into_inner().read();
    let reading = app.read(visit.caller, visit.organization).await.map_err(Problem::from)?;
    let seen = app.agents_seen(&reading, visit.organization).await.map_err(Problem::from)?;
    let found = filter.of(&reading, &seen);
    let (found, _) = filter.order().cut(found, &seen, None, usize::MAX);
    let mut text =
        csv::line(["id", "name", "state", "owner_id", "owner", "purpose", "created_at", "seen_at"]);
    for agent in found {
        let owner = reading.facts.name_of(PrincipalId::User(agent.owner)).unwrap_or_default();
        text.push_str(&csv::line([
            agent.id.to_string().as_str(),
            agent.name.as_str(),
            agent.state.as_str(),
            &agent.owner.to_string(),
            owner,
            &agent.purpose,
            &csv::moment(agent.created_at),
            &seen.get(&agent.id).copied().map(csv::moment).unwrap_or_default(),
        ]));
    }
    Ok(csv::sheet(&format!("agents-{}", visit.slug), text))
}
