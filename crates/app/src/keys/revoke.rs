use decision::{Action, On};
use model::{Edit, Key, KeyId};

use crate::plan::sentence;
use crate::{Error, Plan, Planning};

/// Ends a key at once and for ever.
pub fn revoke(planning: &Planning<'_>, id: KeyId, reason: &str) -> Result<Plan<Key>, Error> {
    let before = planning.key(id)?.clone();
    let permit = planning.permit(Action::KeyRevoke, On::KeysOf(before.holder))?;
    planning.still(before.clone())?;
    let after = ::keys::revoke(before.clone(), planning.because(&sentence("reason", reason)?))?;
    Ok(Plan::new(permit, vec![Edit::update(before, after.clone())], after))
}
