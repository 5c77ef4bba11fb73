//! How facts are kept: found at once, listed in order.

use std::borrow::Borrow;
use std::collections::BTreeMap;
use std::fmt::{self, Debug, Formatter};
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
#[derive(Clone)]
pub(crate) struct Found<K, V>(GenericHashMap<K, V, FixedState, DefaultSharedPtr>);

impl<K, V> Default for Found<K, V> {
    fn default() -> Self {
        Self(GenericHashMap::default())
    }
}

impl<K: Hash + Ord + Clone, V: Clone> Found<K, V> {
    pub(crate) fn get<Q>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
        Q: Hash + Eq + ?Sized,
    {
        self.0.get(key)
    }

    pub(crate) fn get_mut(&mut self, key: &K) -> Option<&mut V> {
        self.0.get_mut(key)
    }

    pub(crate) fn insert(&mut self, key: K, value: V) {
        self.0.insert(key, value);
    }

    pub(crate) fn remove<Q>(&mut self, key: &Q)
    where
        K: Borrow<Q>,
        Q: Hash + Eq + ?Sized,
    {
        self.0.remove(key);
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What is there, or what begins there.
    pub(crate) fn begin(&mut self, key: K) -> &mut V
    where
        V: Default,
    {
        self.0.entry(key).or_default()
    }
}

/// In order, so that two of the same content look the same however they came about.
impl<K: Debug + Ord, V: Debug> Debug for Found<K, V> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.0.iter().collect::<BTreeMap<_, _>>()).finish()
    }
}

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
