use actix_web::HttpResponse;
use actix_web::get;
use actix_web::web::{Data, Path};
use app::{App, Error};
use decision::{Action, On};
use model::{FactKind, Robot};

use super::{RobotPath, RobotView};
use crate::Problem;
use crate::api::Tenant;
use crate::api::written::found;

/// Shows a robot, also a deleted one.
#[utoipa::path(tag = "robots", params(("org" = String, Path), RobotPath), responses((status = 200, body = RobotView)))]
#[get("/v1/orgs/{org}/robots/{robot}")]
pub async fn get(app: Data<App>, tenant: Tenant, path: Path<RobotPath>) -> Result<HttpResponse, Problem> {
    let reading = app.read(tenant.caller, tenant.organization).await?;
    reading.check(Action::RobotRead, On::Robot(path.robot))?;
    let robot = reading.facts.robot(path.robot).ok_or(Error::NotFound(FactKind::Robot))?;
    Ok(found(Robot::clone(robot), RobotView::of(&reading.facts, robot)))
}
