use decision::{Action, On};
use model::{Edit, Robot, RobotId};

use crate::plan::sentence;
use crate::{Error, Plan, Planning};

/// Holds a robot: its very next call is refused. Its keys stay, for when it is resumed.
pub fn pause(planning: &Planning<'_>, id: RobotId, reason: &str) -> Result<Plan<Robot>, Error> {
    let permit = planning.permit(Action::RobotPause, On::Robot(id))?;
    let before = planning.robot(id)?.clone();
    planning.still(before.clone())?;
    let after = before.clone().pause(planning.because(&sentence("reason", reason)?))?;
    Ok(Plan::new(permit, vec![Edit::update(before, after.clone())], after))
}
