//! Asking the transmitters of signals that do not send them by themselves.

use std::time::Duration;

use app::App;
use tokio::sync::watch;

/// So often it is looked for streams that are due: what asks them says how often each is.
const EVERY: Duration = Duration::from_secs(2);

/// Asks until told to stop.
pub(crate) async fn keep_polling(app: App, mut stop: watch::Receiver<bool>) {
    loop {
        let asked = tokio::select! {
            asked = app.poll_due_streams() => asked,
            _ = stop.wait_for(|stop| *stop) => return,
        };
        if let Err(error) = asked {
            tracing::debug!(%error, "the streams of signals cannot be read");
        }
        tokio::select! {
            () = tokio::time::sleep(EVERY) => {}
            _ = stop.wait_for(|stop| *stop) => return,
        }
    }
}
