use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use model::OrganizationId;
use tokio::sync::watch;

/// How many watch one organization's log at once on this node. Each looks into the database once a second.
const MOST: usize = 20;

/// Who watches. One for the whole process.
#[derive(Debug, Clone, Default)]
pub(crate) struct Seats(Arc<Mutex<HashMap<OrganizationId, usize>>>);

/// A place among those who watch an organization. It is given back when dropped.
#[derive(Debug)]
pub(crate) struct Seat {
    of: Seats,
    organization: OrganizationId,
}

/// Whether the program is about to stop: those who watch are let go first, or it would wait for them.
#[derive(Debug, Clone)]
pub struct Closing(pub watch::Receiver<bool>);

impl Seats {
    /// Takes a place. None: all are taken.
    pub(crate) fn take(&self, organization: OrganizationId) -> Option<Seat> {
        let mut taken = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = taken.entry(organization).or_default();
        if *count >= MOST {
            return None;
        }
        *count += 1;
        Some(Seat { of: self.clone(), organization })
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut taken = self.of.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = taken.get_mut(&self.organization) {
            *count = count.saturating_sub(1);
            if *count == 0 {
                taken.remove(&self.organization);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_bounded_for_each_organization_and_given_back() {
        let (seats, one) = (Seats::default(), OrganizationId::MIN);
        let mut taken: Vec<Option<Seat>> = (0..MOST).map(|_| seats.take(one)).collect();
        assert!(taken.iter().all(Option::is_some));
        assert!(seats.take(one).is_none());
        assert!(seats.take(OrganizationId::MAX).is_some(), "another organization has its own");
        taken.pop();
        assert!(seats.take(one).is_some());
        drop(taken);
        assert!(seats.0.lock().unwrap().is_empty());
    }
}
