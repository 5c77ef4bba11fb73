use chrono::TimeDelta;
use model::{Because, Entropy, Key, KeyId, KeyState, PrincipalId, Timestamp, UserId, to_micros};

use crate::lifecycle::{Issue, Issued, make};
use crate::room::Others;
use crate::{KeyError, Token, terms};

/// The reason on record when a key was rotated because it leaked.
pub const LEAKED: &str = "leaked";

/// How to rotate.
#[derive(Debug, Clone, Copy, Default)]
pub struct Rotate {
    /// How long the old key still counts, from zero to [`terms::MAX_GRACE`]. None: [`terms::default_grace`].
    pub grace: Option<TimeDelta>,
    /// The old key is known to strangers: it is revoked at once, whatever grace was asked for.
    pub leaked: bool,
    /// When the new key shall end. None: after [`terms::DEFAULT_LIFE`], whatever life the old one had.
    pub expires_at: Option<Timestamp>,
    /// Who rotates.
    pub by: Option<UserId>,
}

/// What comes out of a rotation. Both keys are to be written in one transaction.
#[derive(Debug)]
pub struct Rotation {
    /// The plaintext of the new key, for whoever rotates.
    pub token: Token,
    /// The new key.
    pub successor: Key,
    /// The old key: retiring, or revoked if it leaked.
    pub retired: Key,
}

/// Replaces a key by a new one, which counts from now on; the old one counts until its grace ends.
///
/// The successor has the same holder, name and limits. Its uses are counted afresh: a limit of 100 uses means 100
/// for each of the two. `siblings` are the holder's keys; the key itself and those of others do no harm.
///
/// Refused for a key that has ended, was revoked or is already retiring; where the grace would leave more than
/// five keys counting or more than two retiring (with a grace of zero the number does not grow, so it is never
/// refused for that); and where the new key would end before the old one.
pub fn rotate(
    key: Key,
    siblings: &[&Key],
    how: Rotate,
    now: Timestamp,
    entropy: &mut dyn Entropy,
) -> Result<Rotation, KeyError> {
    let now = to_micros(now);
    refuse_unless_live(&key, now)?;
    let grace = if how.leaked { TimeDelta::zero() } else { terms::grace(how.grace, key.holder.key_kind())? };
    let grace_expires_at = terms::after(now, grace);
    if grace_expires_at > now {
        Others::count(siblings, key.holder, Some(key.id), now).leave_room_for_a_rotation()?;
    }
    let Issued { token, key: successor } = succeed(&key, how, now, entropy)?;
    let until = key.expires_at.min(grace_expires_at);
    if successor.expires_at <= until {
        return Err(KeyError::EndsBeforeOld { until });
    }
    let state = old_state(how, successor.id, grace_expires_at, now);
    Ok(Rotation { token, successor, retired: Key { state, ..key } })
}

fn refuse_unless_live(key: &Key, now: Timestamp) -> Result<(), KeyError> {
    match key.state {
        KeyState::Revoked(_) => Err(KeyError::Revoked),
        _ if !key.counts_at(now) => Err(KeyError::Expired),
        KeyState::Retiring { successor, .. } => Err(KeyError::AlreadyRetiring { successor }),
        KeyState::Live => Ok(()),
    }
}

/// The new key. The limits are the old one's and were checked when it was issued.
fn succeed(key: &Key, how: Rotate, now: Timestamp, entropy: &mut dyn Entropy) -> Result<Issued, KeyError> {
    let request = Issue {
        holder: key.holder,
        name: key.name.clone(),
        expires_at: how.expires_at,
        limits: key.limits.clone(),
        created_by: how.by,
    };
    make(request, Some(key.id), now, entropy)
}

fn old_state(how: Rotate, successor: KeyId, grace_expires_at: Timestamp, now: Timestamp) -> KeyState {
    if how.leaked {
        let by = how.by.map(PrincipalId::User);
        return KeyState::Revoked(Because { at: now, by, reason: LEAKED.to_owned() });
    }
    KeyState::Retiring { grace_expires_at, successor }
}
