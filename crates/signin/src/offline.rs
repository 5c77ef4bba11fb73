//! Which providers refuse a sign-in that asks for a refresh token: they offer it, and not to every client.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::TimeDelta;
use model::{ConnectionId, Timestamp};

use crate::SignIn;

/// After so long it is asked for again: whoever runs the provider may have permitted it. One person goes a longer way
/// then, and notices nothing.
const REMEMBERED: TimeDelta = TimeDelta::hours(1);

/// Since when. Each node finds it out by itself, and a start forgets it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Refused(Arc<Mutex<HashMap<ConnectionId, Timestamp>>>);

impl Refused {
    /// A moment is whole after every statement, so a panic elsewhere leaves nothing to repair.
    fn moments(&self) -> MutexGuard<'_, HashMap<ConnectionId, Timestamp>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl SignIn {
    /// Whether a sign-in by a connection may ask for a refresh token.
    pub fn may_ask_for_refresh(&self, connection: ConnectionId, now: Timestamp) -> bool {
        let mut moments = self.refused.moments();
        moments.retain(|_, since| now - *since < REMEMBERED);
        !moments.contains_key(&connection)
    }

    /// Notes that a connection's provider refused a scope to a sign-in that was begun at that moment. True: it may have
    /// been this one, so the sign-in is to be begun again without it.
    pub fn note_scope_refused(&self, connection: ConnectionId, begun_at: Timestamp, now: Timestamp) -> bool {
        let mut moments = self.refused.moments();
        // Begun after that it was begun without: what is refused is another scope.
        if moments.get(&connection).is_some_and(|since| begun_at >= *since) {
            return false;
        }
        moments.insert(connection, now);
        true
    }
}
