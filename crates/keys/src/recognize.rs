use model::{Key, KeyState, Timestamp};

use crate::{Presented, Refusal};

/// Says whether a token that someone showed is a key that counts now.
///
/// `found` is the key of that id, if there is one. The key's own limits (addresses, gateways, uses, scope) are the
/// decision's to look at: they depend on the call.
pub fn recognize<'k>(
    presented: &Presented,
    found: Option<&'k Key>,
    now: Timestamp,
) -> Result<&'k Key, Refusal> {
    let key = found.filter(|key| presented.proves(key)).ok_or(Refusal::NotFound)?;
    match key.state {
        KeyState::Revoked(_) => Err(Refusal::Revoked),
        KeyState::Live | KeyState::Retiring { .. } if key.counts_at(now) => Ok(key),
        KeyState::Live | KeyState::Retiring { .. } => Err(Refusal::Expired),
    }
}
