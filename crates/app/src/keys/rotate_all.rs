use decision::{Action, On};
use model::{FactKind, Holder, KeyState};

use crate::keys::rotate_many::replace_each;
use crate::keys::{ManyRotated, RotateKey};
use crate::plan::sentence;
use crate::{Error, Plan, Planning};

/// Replaces every live key of one holder, in one transaction: for whoever answers for it.
pub fn rotate_all(
    planning: &Planning<'_>,
    holder: Holder,
    how: RotateKey,
    reason: &str,
) -> Result<Plan<ManyRotated>, Error> {
    let permit = planning.permit(Action::KeyRotate, On::KeysOf(holder))?;
    if !planning.facts.has_holder(holder) {
        return Err(Error::NotFound(FactKind::Key));
    }
    let reason = sentence("reason", reason)?;
    let live = planning
        .facts
        .keys_of(holder)
        .filter(|key| matches!(key.state, KeyState::Live) && key.counts_at(planning.now));
    let (edits, outcome) = replace_each(planning, live, how);
    Ok(Plan::new(permit, edits, outcome).because(reason))
}
