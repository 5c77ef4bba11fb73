//! Asking identity providers again about the people who are signed in by them.

use std::time::Duration;

use app::App;
use tokio::sync::watch;

/// So often it is looked for sessions that are due: the settings say how often each is.
const EVERY: Duration = Duration::from_secs(2);
/// What was begun is finished when the program is told to stop: a refresh token that was shown is used up, and the next
/// one is in the answer. No request takes longer than this.
const PATIENCE: Duration = Duration::from_secs(10);

/// Asks until told to stop.
pub(crate) async fn keep_refreshing(app: App, mut stop: watch::Receiver<bool>) {
    loop {
        let stopping = stop.clone();
        let asked = tokio::select! {
            asked = app.refresh_due_sessions(&stopping) => asked,
            () = patience(&mut stop) => return,
        };
        if let Err(error) = asked {
            tracing::debug!(%error, "the sessions to be asked about cannot be read");
        }
        tokio::select! {
            () = tokio::time::sleep(EVERY) => {}
            _ = stop.wait_for(|stop| *stop) => return,
        }
    }
}

async fn patience(stop: &mut watch::Receiver<bool>) {
    // Where nobody is left who could say so, the program has ended already.
    drop(stop.wait_for(|stop| *stop).await);
    tokio::time::sleep(PATIENCE).await;
}
