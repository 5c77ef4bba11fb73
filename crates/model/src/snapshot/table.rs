//! How facts are kept: found at once, listed in order.

use std::hash::Hash;
use std::ops::RangeBounds;
use std::sync::Arc;

use foldhash::fast::FixedState;
use imbl::shared_ptr::DefaultSharedPtr;
use imbl::{GenericHashMap, OrdMap};

/// Found by what it is known by. Hashed and not sorted: of a hundred thousand entries a search in order meets five nodes
/// and reads several lines of memory in each, which took two thirds of the time of a decision.
///
/// The hash is the same everywhere. Nobody can make keys of one value: ids are drawn by the program.
pub(crate) type Found<K, V> = GenericHashMap<K, V, FixedState, DefaultSharedPtr>;

/// The facts of one kind, by id.
#[derive(Debug, Clone)]
pub(crate) struct Table<K: Ord, V> {
    found: Found<K, Arc<V>>,
    ordered: OrdMap<K, Arc<V>>,
}

impl<K: Ord, V> Default for Table<K, V> {
    fn default() -> Self {
        Self { found: Found::default(), ordered: OrdMap::default() }
    }
}

impl<K: Hash + Ord + Copy, V> Table<K, V> {
    pub(crate) fn get(&self, id: &K) -> Option<&Arc<V>> {
        self.found.get(id)
    }

    pub(crate) fn insert(&mut self, id: K, fact: Arc<V>) {
        self.ordered.insert(id, Arc::clone(&fact));
        self.found.insert(id, fact);
    }

    pub(crate) fn remove(&mut self, id: &K) {
        self.ordered.remove(id);
        self.found.remove(id);
    }

    /// In the order of their ids.
    pub(crate) fn range(&self, ids: impl RangeBounds<K>) -> impl Iterator<Item = (&K, &Arc<V>)> {
        self.ordered.range(ids)
    }

    /// In the order of their ids.
    pub(crate) fn values(&self) -> impl Iterator<Item = &Arc<V>> {
        self.ordered.values()
    }
}
