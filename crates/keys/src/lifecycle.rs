use model::{Because, Entropy, Holder, Key, KeyId, KeyLimits, KeyState, Name, Timestamp, UserId, to_micros};

use crate::room::Others;
use crate::{KeyError, Token, check_limits, terms};

/// A wish for a new key.
#[derive(Debug, Clone)]
pub struct Issue {
    /// Whose it shall be; decides its kind.
    pub holder: Holder,
    /// What it is for, in its maker's words.
    pub name: Name,
    /// When it shall end. None: after [`terms::DEFAULT_LIFE`].
    pub expires_at: Option<Timestamp>,
    /// What it shall be limited to.
    pub limits: KeyLimits,
    /// Who makes it.
    pub created_by: Option<UserId>,
}

/// A new key: what is kept and what is shown once.
#[derive(Debug)]
pub struct Issued {
    /// The plaintext, for its maker.
    pub token: Token,
    /// What is kept.
    pub key: Key,
}

/// Issues a key. `siblings` are the keys that its holder has; others among them do no harm.
///
/// Refused with five counting keys, with an end that is past or over a year away, and with limits that cannot be.
pub fn issue(
    request: Issue,
    siblings: &[&Key],
    now: Timestamp,
    entropy: &mut dyn Entropy,
) -> Result<Issued, KeyError> {
    let now = to_micros(now);
    check_limits(&request.limits, request.holder.key_kind())?;
    Others::count(siblings, request.holder, None, now).leave_room_for_one()?;
    make(request, None, now, entropy)
}

/// Makes a key without asking whether there is room for it.
pub(crate) fn make(
    request: Issue,
    replaces: Option<KeyId>,
    now: Timestamp,
    entropy: &mut dyn Entropy,
) -> Result<Issued, KeyError> {
    let expires_at = terms::end(request.expires_at, now)?;
    let token = Token::mint(request.holder.key_kind(), entropy);
    let key = Key {
        id: token.id(),
        holder: request.holder,
        name: request.name,
        hash: token.hash(),
        state: KeyState::Live,
        created_at: now,
        created_by: request.created_by,
        expires_at,
        replaces,
        limits: request.limits,
    };
    Ok(Issued { token, key })
}

/// Ends the grace of a retiring key now. Refused for a key that is not retiring or has already ended.
pub fn end_grace(key: Key, now: Timestamp) -> Result<Key, KeyError> {
    let grace = grace_of(&key, now)?;
    Ok(with_grace(key, grace.successor, to_micros(now)))
}

/// Lets the grace of a retiring key last until a later moment, at most [`terms::MAX_GRACE`] from now.
///
/// The key's own end stays as it is and still ends it, if it is earlier. Refused for a key that is not retiring,
/// for one that has already ended, and for a moment that is not later than the present one.
pub fn extend_grace(key: Key, until: Timestamp, now: Timestamp) -> Result<Key, KeyError> {
    let grace = grace_of(&key, now)?;
    let until = to_micros(until);
    if until <= grace.ends_at {
        return Err(KeyError::GraceNotExtended { until: grace.ends_at });
    }
    if until > terms::after(now, terms::MAX_GRACE) {
        return Err(KeyError::GraceTooLong { longest: terms::MAX_GRACE });
    }
    Ok(with_grace(key, grace.successor, until))
}

/// Revokes a key, for ever. Possible in every state but revoked; an expired key may be revoked too, so that the
/// reason is on record.
pub fn revoke(key: Key, because: Because) -> Result<Key, KeyError> {
    match key.state {
        KeyState::Revoked(_) => Err(KeyError::AlreadyRevoked),
        KeyState::Live | KeyState::Retiring { .. } => Ok(Key { state: KeyState::Revoked(because), ..key }),
    }
}

struct Grace {
    ends_at: Timestamp,
    successor: KeyId,
}

/// The grace of a key that is retiring and still counts.
fn grace_of(key: &Key, now: Timestamp) -> Result<Grace, KeyError> {
    match key.state {
        KeyState::Revoked(_) => Err(KeyError::Revoked),
        _ if !key.counts_at(now) => Err(KeyError::Expired),
        KeyState::Live => Err(KeyError::NotRetiring),
        KeyState::Retiring { grace_expires_at, successor } => {
            Ok(Grace { ends_at: grace_expires_at, successor })
        }
    }
}

fn with_grace(key: Key, successor: KeyId, grace_expires_at: Timestamp) -> Key {
    Key { state: KeyState::Retiring { grace_expires_at, successor }, ..key }
}
