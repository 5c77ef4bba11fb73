use ::keys::{LEAKED, Presented};
use decision::{Action, On};
use model::{Edit, FactKind, Key};

use crate::{Error, Plan, Planning};

/// Ends the one key whose whole secret was shown. The secret is proven again here, under the lock.
pub fn revoke(planning: &Planning<'_>, presented: &Presented) -> Result<Plan<Key>, Error> {
    let before = planning.key(presented.id())?.clone();
    if !presented.proves(&before) {
        return Err(Error::NotFound(FactKind::Key));
    }
    let permit = planning.permit(Action::KeyRevoke, On::KeysOf(before.holder))?;
    let after = ::keys::revoke(before.clone(), planning.because(LEAKED))?;
    Ok(Plan::new(permit, vec![Edit::update(before, after.clone())], after))
}
