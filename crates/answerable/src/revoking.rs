//! Telling identity providers of sessions that have ended.

use std::time::Duration;

use app::App;
use tokio::sync::watch;

/// So often it is looked for what is left of sessions. Nobody waits for it.
const EVERY: Duration = Duration::from_secs(5);

/// Tells until told to stop. What was begun may be broken off: it is told again by whoever comes next.
pub(crate) async fn keep_revoking(app: App, mut stop: watch::Receiver<bool>) {
    loop {
        let stopping = stop.clone();
        let told = tokio::select! {
            told = app.revoke_left_tokens(&stopping) => told,
            _ = stop.wait_for(|stop| *stop) => return,
        };
        if let Err(error) = told {
            tracing::debug!(%error, "what is left of sessions cannot be read");
        }
        tokio::select! {
            () = tokio::time::sleep(EVERY) => {}
            _ = stop.wait_for(|stop| *stop) => return,
        }
    }
}
