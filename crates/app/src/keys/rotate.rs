use ::keys::{Rotate, Rotation};
use chrono::TimeDelta;
use decision::{Action, On};
use model::{Edit, Key, KeyId, Timestamp};

use crate::keys::Minted;
use crate::{Error, Plan, Planning};

/// How a key is to be replaced.
#[derive(Debug, Clone, Copy, Default)]
pub struct RotateKey {
    /// How long the old one still counts. None: the default of its kind.
    pub grace: Option<TimeDelta>,
    /// The secret is known to somebody it should not be: the old key ends at once.
    pub leaked: bool,
    /// When the new one ends. None: after the default life.
    pub expires_at: Option<Timestamp>,
}

/// A replaced key.
#[derive(Debug)]
pub struct Rotated {
    /// The new one, with its secret.
    pub minted: Minted,
    /// The old one, as it is now.
    pub retired: Key,
}

/// Replaces a key in one transaction: there is no moment at which neither counts.
pub fn rotate(planning: &Planning<'_>, id: KeyId, how: RotateKey) -> Result<Plan<Rotated>, Error> {
    let before = planning.key(id)?.clone();
    let permit = planning.permit(Action::KeyRotate, On::KeysOf(before.holder))?;
    planning.still(before.clone())?;
    let siblings = planning.keys_of(before.holder);
    let (edits, rotated) = replace(planning, before, &siblings, how)?;
    Ok(Plan::new(permit, edits.into(), rotated))
}

/// The edits of one replacement.
pub(super) fn replace(
    planning: &Planning<'_>,
    before: Key,
    siblings: &[&Key],
    how: RotateKey,
) -> Result<([Edit; 2], Rotated), Error> {
    let how =
        Rotate { grace: how.grace, leaked: how.leaked, expires_at: how.expires_at, by: planning.user() };
    let Rotation { token, successor, retired } =
        ::keys::rotate(before.clone(), siblings, how, planning.now, &mut planning.entropy())?;
    let edits = [Edit::create(successor.clone()), Edit::update(before, retired.clone())];
    Ok((edits, Rotated { minted: Minted { token, key: successor }, retired }))
}
