//! Taking the rows of organizations whose end cannot be undone any more.

use std::time::Duration;

use enforcement::World;
use store::{Store, StoreError};
use tokio::sync::watch;

/// The window is days long; an hour more or less is nothing.
const EVERY: Duration = Duration::from_hours(1);

/// Looks for them until told to stop.
pub(crate) async fn keep_purging(store: Store, world: World, mut stop: watch::Receiver<bool>) {
    loop {
        if let Err(error) = purge(&store, &world).await {
            tracing::warn!(%error, "organizations that have ended could not be looked for");
        }
        tokio::select! {
            () = tokio::time::sleep(EVERY) => {}
            _ = stop.changed() => return,
        }
    }
}

/// Takes them, and returns how many there were.
pub(crate) async fn purge(store: &Store, world: &World) -> Result<u64, StoreError> {
    let mut gone = 0;
    for organization in store.organization_ids().await? {
        if store.purge(organization, world.now()).await? {
            gone += 1;
            tracing::info!(organization.id = %organization, "an organization is gone, with everything of it");
        }
    }
    Ok(gone)
}
