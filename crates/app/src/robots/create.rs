use decision::{Action, On};
use model::{Edit, Name, Robot, RobotId, RobotState, UserId};

use crate::plan::sentence;
use crate::robots::stewards::checked_stewards;
use crate::{Error, Plan, Planning};

/// A robot to be created. Without a role in a workspace it may do nothing.
#[derive(Debug, Clone)]
pub struct NewRobot {
    /// What it is called.
    pub name: Name,
    /// What it is for.
    pub purpose: String,
    /// Whom to tell about it.
    pub stewards: Vec<UserId>,
}

/// Creates a robot.
pub fn create(planning: &Planning<'_>, new: NewRobot) -> Result<Plan<Robot>, Error> {
    let id = RobotId::draw(planning.now, &mut planning.entropy());
    let permit = planning.permit_new(Action::RobotCreate, On::Robot(id))?;
    let robot = Robot {
        id,
        name: new.name,
        purpose: sentence("purpose", &new.purpose)?,
        stewards: checked_stewards(planning, new.stewards)?,
        state: RobotState::Live,
        created_at: planning.now,
        created_by: planning.maker()?,
    };
    Ok(Plan::new(permit, vec![Edit::create(robot.clone())], robot))
}
