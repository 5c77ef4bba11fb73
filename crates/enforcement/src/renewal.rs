use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;

use crate::{Engine, Lease, Replica, World};

/// Renews the lease for as long as the program runs: read the revisions, apply what is missing, and only then
/// extend, counted from before the reading began.
///
/// Ends when `stopping` becomes true, and gives the lease back.
pub async fn keep_renewing(engine: Arc<Engine>, every: Duration, mut stopping: watch::Receiver<bool>) {
    let mut ticks = tokio::time::interval(every);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Skip);
    let mut failing = false;
    loop {
        tokio::select! {
            _ = ticks.tick() => {}
            _ = stopping.wait_for(|stop| *stop) => break,
        }
        let renewed = tokio::time::timeout(
            engine.lease().length(),
            renew(engine.world(), engine.replica(), engine.lease()),
        );
        let renewed = match renewed.await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(missing)) => Err(missing.to_string()),
            Err(_) => Err("the database did not answer within the lease".to_owned()),
        };
        match (&renewed, failing) {
            (Err(cause), false) => {
                tracing::error!(error = %cause, "the lease cannot be renewed; calls are refused when it ends");
            }
            (Ok(()), true) => tracing::info!("the lease is renewed again"),
            _ => {}
        }
        failing = renewed.is_err();
        metrics::gauge!("answerable_lease_held").set(if failing { 0.0 } else { 1.0 });
    }
    engine.lease().release();
}

/// One renewal.
async fn renew(world: &World, replica: &Replica, lease: &Lease) -> Result<(), crate::Missing> {
    let sent = world.clock.monotonic();
    replica.follow().await?;
    lease.renewed(sent);
    Ok(())
}
