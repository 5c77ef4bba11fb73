use model::{Holder, Key, KeyId, KeyState, MAX_LIVE_KEYS, MAX_RETIRING_KEYS, Timestamp};

use crate::KeyError;

/// How many other keys of a holder count now.
pub(crate) struct Others {
    counting: usize,
    retiring: usize,
}

impl Others {
    /// Counts among `siblings`. Keys of other holders and the key `except` itself may be among them and are left
    /// out.
    pub(crate) fn count(siblings: &[&Key], holder: Holder, except: Option<KeyId>, now: Timestamp) -> Self {
        let others = siblings
            .iter()
            .filter(|key| key.holder == holder && Some(key.id) != except && key.counts_at(now));
        let is_retiring = |key: &&&Key| matches!(key.state, KeyState::Retiring { .. });
        Self { counting: others.clone().count(), retiring: others.filter(is_retiring).count() }
    }

    /// Whether one more key may be issued.
    pub(crate) fn leave_room_for_one(&self) -> Result<(), KeyError> {
        if self.counting < MAX_LIVE_KEYS { Ok(()) } else { Err(KeyError::TooManyKeys) }
    }

    /// Whether a key may retire while its successor already counts: two places are taken, one of them retiring.
    pub(crate) fn leave_room_for_a_rotation(&self) -> Result<(), KeyError> {
        if self.retiring >= MAX_RETIRING_KEYS {
            return Err(KeyError::TooManyRetiring);
        }
        if self.counting + 2 > MAX_LIVE_KEYS {
            return Err(KeyError::TooManyKeys);
        }
        Ok(())
    }
}
