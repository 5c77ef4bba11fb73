use actix_web::get;
use actix_web::web::{Data, Json, Query};
use app::App;
use decision::{Action, On};
use serde::Deserialize;
use utoipa::IntoParams;

use super::RobotView;
use crate::Problem;
use crate::api::{Listed, PageQuery, Tenant};

/// Which robots.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct Filter {
    /// Only those in this state: `live`, `paused`, `deleted`.
    state: Option<String>,
    limit: Option<usize>,
    after: Option<String>,
}

/// Lists the robots that the caller may see, oldest first.
#[utoipa::path(tag = "robots", params(("org" = String, Path), Filter), responses((status = 200, body = Listed<RobotView>)))]
#[get("/v1/orgs/{org}/robots")]
pub async fn list(
    app: Data<App>,
    tenant: Tenant,
    query: Query<Filter>,
) -> Result<Json<Listed<RobotView>>, Problem> {
    let reading = app.read(tenant.caller, tenant.organization).await?;
    let page = PageQuery { limit: query.limit, after: query.after.clone() };
    let robots = reading
        .facts
        .list_robots(page.after()?)
        .filter(|robot| query.state.as_deref().is_none_or(|state| robot.state.as_str() == state))
        .filter(|robot| reading.may(Action::RobotRead, On::Robot(robot.id)));
    let listed =
        page.cut(robots, |robot| robot.id.to_string(), |robot| RobotView::of(&reading.facts, robot))?;
    Ok(Json(listed))
}
