use decision::{Action, On};
use model::{Edit, Robot, RobotId};

use crate::plan::sentence;
use crate::{Error, Plan, Planning};

/// Lets a paused robot act again. Why is kept beside the decision, since a live robot has no place for it.
pub fn resume(planning: &Planning<'_>, id: RobotId, reason: &str) -> Result<Plan<Robot>, Error> {
    let permit = planning.permit(Action::RobotResume, On::Robot(id))?;
    let before = planning.robot(id)?.clone();
    planning.still(before.clone())?;
    let after = before.clone().resume()?;
    let reason = sentence("reason", reason)?;
    Ok(Plan::new(permit, vec![Edit::update(before, after.clone())], after).because(reason))
}
