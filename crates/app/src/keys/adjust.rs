use ::keys::check_limits;
use decision::{Action, On};
use model::{Edit, Key, KeyId, KeyLimits, Name, Timestamp};

use crate::{Error, Plan, Planning};

/// What about a key is to be otherwise. None: as it is.
#[derive(Debug, Clone, Default)]
pub struct Adjust {
    /// Its name.
    pub name: Option<Name>,
    /// Its limits.
    pub limits: Option<KeyLimits>,
    /// A new end of its grace: now or earlier ends it, later extends it.
    pub grace_expires_at: Option<Timestamp>,
}

/// Adjusts a key: its name, its limits, the grace of one that is retiring.
pub fn adjust(planning: &Planning<'_>, id: KeyId, wanted: Adjust) -> Result<Plan<Key>, Error> {
    let before = planning.key(id)?.clone();
    let permit = planning.permit(Action::KeyUpdate, On::KeysOf(before.holder))?;
    planning.still(before.clone())?;
    let mut after = before.clone();
    after.name = wanted.name.unwrap_or(after.name);
    if let Some(limits) = wanted.limits {
        check_limits(&limits, before.holder.key_kind()).map_err(|wrong| Error::invalid("limits", wrong))?;
        after.limits = limits;
    }
    if let Some(until) = wanted.grace_expires_at {
        after = if until <= planning.now {
            ::keys::end_grace(after, planning.now)?
        } else {
            ::keys::extend_grace(after, until, planning.now)?
        };
    }
    Ok(Plan::new(permit, vec![Edit::update(before, after.clone())], after))
}
