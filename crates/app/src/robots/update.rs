use decision::{Action, On};
use model::{Edit, Name, Robot, RobotId, RobotState, UserId};

use crate::plan::sentence;
use crate::robots::stewards::checked_stewards;
use crate::{Error, Plan, Planning};

/// What about a robot is to be otherwise. None: as it is.
#[derive(Debug, Clone, Default)]
pub struct RobotPatch {
    /// Its name.
    pub name: Option<Name>,
    /// Its purpose.
    pub purpose: Option<String>,
    /// Whom to tell about it.
    pub stewards: Option<Vec<UserId>>,
}

/// Renames a robot, says what it is for and names its stewards. Evidence keeps the name it had at the time.
pub fn update(planning: &Planning<'_>, id: RobotId, wanted: RobotPatch) -> Result<Plan<Robot>, Error> {
    let permit = planning.permit(Action::RobotUpdate, On::Robot(id))?;
    let before = planning.robot(id)?.clone();
    planning.still(before.clone())?;
    if matches!(before.state, RobotState::Deleted(_)) {
        return Err(Error::Conflict { code: "state", detail: "the robot was deleted".to_owned() });
    }
    let mut after = before.clone();
    after.name = wanted.name.unwrap_or(after.name);
    if let Some(purpose) = wanted.purpose {
        after.purpose = sentence("purpose", &purpose)?;
    }
    if let Some(stewards) = wanted.stewards {
        after.stewards = checked_stewards(planning, stewards)?;
    }
    Ok(Plan::new(permit, vec![Edit::update(before, after.clone())], after))
}
