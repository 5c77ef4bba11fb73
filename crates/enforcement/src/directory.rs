use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};

use model::{KeyId, OrganizationId};
use store::{Store, StoreError};

use crate::Replica;

/// Which organization a key belongs to. A key never moves, so what was found once stays true.
pub(crate) struct Directory {
    store: Store,
    found: RwLock<HashMap<KeyId, OrganizationId>>,
}

impl Directory {
    pub(crate) fn new(store: Store) -> Self {
        Self { store, found: RwLock::new(HashMap::new()) }
    }

    /// The organization of a key: first looked for in what was found before, then in the database.
    pub(crate) async fn organization_of(
        &self,
        key: KeyId,
        replica: &Replica,
    ) -> Result<Option<OrganizationId>, StoreError> {
        if let Some(found) = self.found.read().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return Ok(Some(*found));
        }
        let Some(organization) = self.store.organization_of_key(key).await? else { return Ok(None) };
        // Only keys of organizations that are held are worth remembering; the rest is looked up as it comes.
        if replica.held(organization).is_some() {
            self.found.write().unwrap_or_else(PoisonError::into_inner).insert(key, organization);
        }
        Ok(Some(organization))
    }

    /// The organization of that slug: looked for among the snapshots held, then in the database.
    pub(crate) async fn organization_by_slug(
        &self,
        slug: &str,
        replica: &Replica,
    ) -> Result<Option<OrganizationId>, StoreError> {
        let held = replica.all_held();
        let found =
            held.values().filter_map(|snapshot| snapshot.organization()).find(|o| o.slug.as_str() == slug);
        match found {
            Some(organization) => Ok(Some(organization.id)),
            None => self.store.organization_by_slug(slug).await,
        }
    }
}
