//! `/o/{org}/robots`: service accounts of the organization

mod act;
mod edit;
mod list;
mod robot;
mod rows;

use actix_web::web::ServiceConfig;
use app::{Error, Reading};
use decision::{Action, On};
use model::{FactKind, Robot, RobotId};
use serde::Deserialize;

/// The path of one robot.
#[derive(Debug, Deserialize)]
struct RobotPath {
    /// Its id.
    robot: RobotId,
}

/// The robot of a path, if the reader may see it.
fn seen<'a>(reading: &'a Reading, path: &RobotPath) -> Result<&'a Robot, Error> {
    reading.check(Action::RobotRead, On::Robot(path.robot))?;
    let robot = reading.facts.robot(path.robot).ok_or(Error::NotFound(FactKind::Robot))?;
    Ok(robot)
}

/// Mounts the pages of robots.
pub(super) fn configure(config: &mut ServiceConfig) {
    config
        .service(list::list)
        .service(edit::ask_new)
        .service(edit::create)
        .service(robot::show)
        .service(edit::ask_edit)
        .service(edit::update)
        .service(act::ask_pause)
        .service(act::pause)
        .service(act::resume)
        .service(act::ask_delete)
        .service(act::delete);
}
