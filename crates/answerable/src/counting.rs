//! Counting what was recorded, beside the recorder, for the pictures of the overview.

use std::time::Duration;

use app::App;
use tokio::sync::watch;

/// So often: what is newer than the last time is counted when somebody looks, so it may not become much.
const EVERY: Duration = Duration::from_secs(10);

/// Counts until told to stop.
pub(crate) async fn keep_counting(app: App, mut stop: watch::Receiver<bool>) {
    let mut ticks = tokio::time::interval(EVERY);
    loop {
        tokio::select! {
            _ = ticks.tick() => {}
            _ = stop.wait_for(|stop| *stop) => return,
        }
        let counted = tokio::select! {
            counted = app.count_on() => counted,
            _ = stop.wait_for(|stop| *stop) => return,
        };
        if let Err(error) = counted {
            tracing::warn!(%error, "what was recorded could not be counted; the pictures count it when they are looked at");
        }
    }
}
