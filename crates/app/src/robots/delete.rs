use decision::{Action, On};
use model::{Edit, Holder, Member, Robot, RobotId, cascade};

use crate::plan::sentence;
use crate::{Error, Plan, Planning};

/// Deletes a robot, softly: its keys end and it leaves every workspace in the same transaction, and it stays in the
/// evidence under its id and name.
pub fn delete(planning: &Planning<'_>, id: RobotId, reason: &str) -> Result<Plan<Robot>, Error> {
    let permit = planning.permit(Action::RobotDelete, On::Robot(id))?;
    let before = planning.robot(id)?.clone();
    planning.still(before.clone())?;
    let because = planning.because(&sentence("reason", reason)?);
    let after = before.clone().delete(because.clone())?;
    let mut edits = vec![Edit::update(before, after.clone())];
    edits.extend(cascade::keys_end(planning.facts, Holder::Robot(id), &because));
    edits.extend(cascade::places_end(planning.facts, Member::Robot(id)));
    Ok(Plan::new(permit, edits, after))
}
