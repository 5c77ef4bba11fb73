//! How many requests of one tenant are under way at once.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::error::EgressError;

/// Requests of one tenant under way at once: enough for a person at work, too few to turn this program into a
/// source of load on somebody else.
pub const MAX_IN_FLIGHT: usize = 4;

/// Counts by tenant; a tenant with nothing under way takes no room.
#[derive(Debug, Clone, Default)]
pub(crate) struct Turns(Arc<Mutex<HashMap<String, usize>>>);

/// The right to make requests for a tenant, given back when dropped.
#[derive(Debug)]
#[must_use = "dropping it gives the turn back"]
pub struct Turn {
    turns: Turns,
    tenant: String,
}

impl Turns {
    pub(crate) fn take(&self, tenant: &str) -> Result<Turn, EgressError> {
        let mut counts = self.counts();
        let count = counts.entry(tenant.to_owned()).or_default();
        if *count >= MAX_IN_FLIGHT {
            return Err(EgressError::Busy);
        }
        *count += 1;
        Ok(Turn { turns: self.clone(), tenant: tenant.to_owned() })
    }

    /// A count is whole after every statement, so a panic elsewhere leaves nothing to repair.
    fn counts(&self) -> MutexGuard<'_, HashMap<String, usize>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let mut counts = self.turns.counts();
        if let Some(count) = counts.get_mut(&self.tenant) {
            *count -= 1;
            if *count == 0 {
                counts.remove(&self.tenant);
            }
        }
    }
}
