use std::collections::BTreeMap;
use std::sync::Arc;

use arc_swap::ArcSwap;
use imbl::OrdMap;
use model::{Change, OrganizationId, Revision, Snapshot};
use store::{Store, StoreError};
use tokio::sync::Mutex;

/// Why a snapshot cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum Missing {
    /// There is no such organization.
    #[error("no such organization")]
    Unknown,
    /// The database does not answer.
    #[error("facts cannot be read: {0}")]
    Store(#[from] StoreError),
    /// The database has not come that far.
    #[error("the revision has not been reached; it is {}", .0.0)]
    NotReached(Revision),
}

/// The snapshots that this node holds, each behind an atomic pointer, moved forward by applying changes in order.
///
/// Readers take the pointer and never wait. Moving forward is serialized, so that no change is applied twice or
/// out of order.
pub struct Replica {
    store: Store,
    held: ArcSwap<OrdMap<OrganizationId, Arc<Snapshot>>>,
    moving: Mutex<()>,
}

/// Changes are fetched in bundles of about so many: enough to be quick, little enough to hold in memory.
const BUNDLE: u64 = 10_000;

impl Replica {
    /// A replica that holds nothing yet.
    pub fn new(store: Store) -> Self {
        Self { store, held: ArcSwap::from_pointee(OrdMap::new()), moving: Mutex::new(()) }
    }

    /// The snapshot of an organization, if it is held.
    pub fn held(&self, organization: OrganizationId) -> Option<Arc<Snapshot>> {
        self.held.load().get(&organization).cloned()
    }

    /// Every snapshot that is held.
    pub fn all_held(&self) -> OrdMap<OrganizationId, Arc<Snapshot>> {
        OrdMap::clone(&self.held.load())
    }

    /// The snapshot of an organization, read from its tables if it is not held yet.
    pub async fn hold(&self, organization: OrganizationId) -> Result<Arc<Snapshot>, Missing> {
        if let Some(snapshot) = self.held(organization) {
            return Ok(snapshot);
        }
        let _moving = self.moving.lock().await;
        if let Some(snapshot) = self.held(organization) {
            return Ok(snapshot);
        }
        let snapshot = Arc::new(self.store.load(organization).await?.ok_or(Missing::Unknown)?);
        self.publish(organization, &snapshot);
        Ok(snapshot)
    }

    /// The snapshot at that revision or a later one; moves forward from the database if it has to.
    pub async fn reach(
        &self,
        organization: OrganizationId,
        least: Revision,
    ) -> Result<Arc<Snapshot>, Missing> {
        let snapshot = self.hold(organization).await?;
        if snapshot.revision() >= least {
            return Ok(snapshot);
        }
        let snapshot = self.catch_up(organization).await?;
        if snapshot.revision() >= least {
            Ok(snapshot)
        } else {
            Err(Missing::NotReached(snapshot.revision()))
        }
    }

    /// Applies everything that the database has and this node has not.
    pub async fn catch_up(&self, organization: OrganizationId) -> Result<Arc<Snapshot>, Missing> {
        let mut snapshot = self.hold(organization).await?;
        loop {
            let changes = self.store.changes_after(organization, snapshot.revision(), BUNDLE).await?;
            if changes.is_empty() {
                return Ok(snapshot);
            }
            snapshot = self.advance(organization, &changes).await.ok_or(Missing::Unknown)?;
        }
    }

    /// Applies changes that follow what is held. Those that were applied already are passed over; where one is
    /// missing in between, none is applied, and the next renewal fetches them all.
    pub async fn advance(&self, organization: OrganizationId, changes: &[Change]) -> Option<Arc<Snapshot>> {
        let _moving = self.moving.lock().await;
        let held = self.held(organization)?;
        let applied = held.revision();
        let mut next = Snapshot::clone(&held);
        for change in changes.iter().filter(|change| change.revision > applied) {
            if change.revision > next.revision().next() {
                tracing::warn!(organization.id = %organization, "a gap in the changes; they are fetched again");
                return Some(held);
            }
            next.apply(change);
        }
        if next.revision() == applied {
            return Some(held);
        }
        let next = Arc::new(next);
        self.publish(organization, &next);
        Some(next)
    }

    /// Begins to hold a new organization, whose first changes are these.
    pub async fn begin(&self, organization: OrganizationId, changes: &[Change]) -> Arc<Snapshot> {
        let _moving = self.moving.lock().await;
        let mut snapshot = Snapshot::default();
        for change in changes {
            snapshot.apply(change);
        }
        let snapshot = Arc::new(snapshot);
        self.publish(organization, &snapshot);
        snapshot
    }

    /// One step of staying true: reads the revisions of everything held, applies what is missing, and lets go of
    /// organizations that are there no more.
    pub async fn follow(&self) -> Result<(), Missing> {
        let held = self.all_held();
        if held.is_empty() {
            return Ok(self.store.ping().await?);
        }
        let ids: Vec<_> = held.keys().copied().collect();
        let there: BTreeMap<_, _> = self.store.revisions(&ids).await?.into_iter().collect();
        for (organization, snapshot) in held {
            match there.get(&organization) {
                None => self.let_go(organization).await,
                Some(revision) if *revision > snapshot.revision() => drop(self.catch_up(organization).await?),
                Some(revision) if *revision < snapshot.revision() => self.read_anew(organization).await?,
                Some(_) => {}
            }
        }
        Ok(())
    }

    /// Believes a database that has less than it had: it was restored from a backup, or another server took over
    /// without the last changes. What this node remembers beyond that is no longer so.
    async fn read_anew(&self, organization: OrganizationId) -> Result<(), Missing> {
        let _moving = self.moving.lock().await;
        tracing::error!(organization.id = %organization, "the database has gone back; its facts are read anew");
        let snapshot = Arc::new(self.store.load(organization).await?.ok_or(Missing::Unknown)?);
        self.publish(organization, &snapshot);
        Ok(())
    }

    async fn let_go(&self, organization: OrganizationId) {
        let _moving = self.moving.lock().await;
        tracing::info!(organization.id = %organization, "the organization is gone; its facts are let go");
        self.held.rcu(|held| held.without(&organization));
    }

    fn publish(&self, organization: OrganizationId, snapshot: &Arc<Snapshot>) {
        self.held.rcu(|held| held.update(organization, Arc::clone(snapshot)));
    }
}
