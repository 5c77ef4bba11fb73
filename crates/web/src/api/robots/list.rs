use std::sync::Arc;

use actix_web::get;
use actix_web::web::{Data, Json, Query};
use app::App;
use decision::{Action, On};
use model::{Robot, RobotId, RobotState};
use serde::Deserialize;
use utoipa::IntoParams;

use super::RobotView;
use crate::Problem;
use crate::api::order::Order;
use crate::api::words::{needle, one_of};
use crate::api::{Listed, PageQuery, Tenant};
use crate::place::Place;

/// Which robots, and in which order. What is left out does not narrow.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields, default)]
pub struct Filter {
    /// Only those with this in their name, whatever its case.
    q: Option<String>,
    /// Only those in this state: `live`, `paused`, `deleted`; `not_deleted` is all but the last.
    state: Option<String>,
    /// `created` (the oldest first, as where nothing is said) or `name`; with a hyphen in front from the end.
    sort: Option<String>,
    /// How many items at most, 1 to 1000. Default 100.
    limit: Option<usize>,
    /// The `next` of the page before, in the same order.
    after: Option<String>,
}

/// Lists the robots that the caller may see, oldest first where no other order is asked for.
#[utoipa::path(tag = "robots", params(("org" = String, Path), Filter), responses((status = 200, body = Listed<RobotView>)))]
#[get("/v1/orgs/{org}/robots")]
pub async fn list(
    app: Data<App>,
    tenant: Tenant,
    query: Query<Filter>,
) -> Result<Json<Listed<RobotView>>, Problem> {
    let reading = app.read(tenant.caller, tenant.organization).await?;
    let page = PageQuery { limit: query.limit, after: query.after.clone() };
    let order = Order::read(query.sort.as_deref(), &["created", "name"])?;
    let state = one_of("state", query.state.as_deref(), &["live", "paused", "deleted", "not_deleted"])?;
    let needle = needle(query.q.as_deref());
    let robots = reading
        .facts
        .list_robots(order.start::<RobotId>(&page)?)
        .filter(|robot| match state {
            None => true,
            Some("not_deleted") => !matches!(robot.state, RobotState::Deleted(_)),
            Some(state) => robot.state.as_str() == state,
        })
        .filter(|robot| robot.name.as_str().to_lowercase().contains(&needle))
        .filter(|robot| reading.may(Action::RobotRead, On::Robot(robot.id)));
    let place = |robot: &&Arc<Robot>| match order.by {
        "name" => Place::by_text(robot.name.as_str(), robot.id),
        _ => Place::of(robot.id),
    };
    let listed =
        order.cut::<RobotId, _, _>(&page, robots, place, |robot| RobotView::of(&reading.facts, robot))?;
    Ok(Json(listed))
}
