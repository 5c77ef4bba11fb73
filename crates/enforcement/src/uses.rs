use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use model::{KeyId, OrganizationId};
use store::{Store, StoreError};

/// How often each key with a limited number of uses has been used.
///
/// A use is a recorded decision, and no decision is answered before it is recorded: the number read from the evidence
/// at the first use is exact, even after a crash, and from then on it is counted here.
pub(crate) struct Uses {
    store: Store,
    counts: RwLock<HashMap<KeyId, Arc<AtomicU64>>>,
}

impl Uses {
    pub(crate) fn new(store: Store) -> Self {
        Self { store, counts: RwLock::new(HashMap::new()) }
    }

    /// Takes one use and says how many were taken before it. A use that comes to nothing is not given back: counting
    /// one too many refuses a call, one too few would allow it.
    pub(crate) async fn take(&self, organization: OrganizationId, key: KeyId) -> Result<u64, StoreError> {
        let known = self.counts.read().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
        let count = if let Some(count) = known {
            count
        } else {
            let recorded = self.store.uses_of_key(organization, key).await?;
            let mut counts = self.counts.write().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(counts.entry(key).or_insert_with(|| Arc::new(AtomicU64::new(recorded))))
        };
        Ok(count.fetch_add(1, Ordering::AcqRel))
    }
}
