use std::fmt::Write;
use std::time::Duration;

use actix_web::HttpResponse;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE};
use actix_web::web::Bytes;
use app::App;
use app::evidence::{Query, StoredDecision, Watch};
use futures_util::stream;
use model::{OrganizationId, Timestamp};

use super::credential::Credential;
use super::seats::{Closing, Seat, Seats};

/// Between two looks. People read no faster, and a look costs a question to the database.
const EVERY: Duration = Duration::from_secs(1);
/// So many looks without anything to tell, and a comment is sent: a connection that is gone shows itself.
const SILENT_LOOKS: u32 = 15;
/// After so many looks the events end, and whoever still watches begins anew: a quarter of an hour.
const MOST_LOOKS: u32 = 900;
/// How long to wait before coming back, in milliseconds.
const RETRY: u32 = 2_000;

/// What is told, as each of the two who watch wants it.
pub(crate) trait Event: 'static {
    /// A record. None: it cannot be told.
    fn record(&self, stored: StoredDecision) -> Option<String>;
}

/// Somebody who is about to watch.
pub(crate) struct Watcher<E> {
    pub(crate) app: App,
    pub(crate) organization: OrganizationId,
    pub(crate) credential: Credential,
    pub(crate) query: Query,
    pub(crate) since: Timestamp,
    pub(crate) event: E,
}

struct Watching<E> {
    app: App,
    organization: OrganizationId,
    credential: Credential,
    watch: Watch,
    event: E,
    closing: Closing,
    looks: u32,
    silent: u32,
    _seat: Seat,
}

/// The answer that tells what is recorded from now on, until it is over.
pub(crate) fn answer<E: Event>(seats: &Seats, closing: &Closing, watcher: Watcher<E>) -> HttpResponse {
    let mut response = HttpResponse::Ok();
    response
        .insert_header((CONTENT_TYPE, "text/event-stream"))
        .insert_header((CACHE_CONTROL, "no-store"))
        // Compressed, an event would wait for others to fill a block; and its length would tell of its content.
        .insert_header((CONTENT_ENCODING, "identity"))
        .insert_header(("x-accel-buffering", "no"))
        .insert_header(("x-content-type-options", "nosniff"));
    let Watcher { app, organization, credential, query, since, event } = watcher;
    let Some(seat) = seats.take(organization) else {
        return response.body(over("Too many people watch this log at once. Reload the page to read it."));
    };
    let watch = app.watch(organization, query, since);
    let watching = Watching {
        app,
        organization,
        credential,
        watch,
        event,
        closing: closing.clone(),
        looks: 0,
        silent: 0,
        _seat: seat,
    };
    response.streaming(stream::unfold(Some(watching), next))
}

async fn next<E: Event>(
    watching: Option<Watching<E>>,
) -> Option<(Result<Bytes, std::io::Error>, Option<Watching<E>>)> {
    let mut watching = watching?;
    loop {
        if watching.looks == 0 {
            watching.looks = 1;
            return Some((Ok(format!("retry: {RETRY}\n\n").into()), Some(watching)));
        }
        watching.looks += 1;
        if watching.looks > MOST_LOOKS || watching.is_told_to_stop().await {
            return None;
        }
        match watching.look().await {
            Ok(Some(text)) if text.is_empty() => {
                watching.silent += 1;
                if watching.silent >= SILENT_LOOKS {
                    watching.silent = 0;
                    return Some((Ok(":\n\n".into()), Some(watching)));
                }
            }
            Ok(Some(text)) => {
                watching.silent = 0;
                return Some((Ok(text.into()), Some(watching)));
            }
            Ok(None) => {
                let text = over("You can no longer see this log: your session or your access has ended.");
                return Some((Ok(text.into()), None));
            }
            Err(error) => {
                // The other side comes back by itself, and then learns how things stand.
                tracing::debug!(%error, "a watcher of the log was let go");
                return None;
            }
        }
    }
}

impl<E: Event> Watching<E> {
    /// Waits for the next look, or for the end of the program.
    async fn is_told_to_stop(&mut self) -> bool {
        tokio::select! {
            () = tokio::time::sleep(EVERY) => *self.closing.0.borrow(),
            _ = self.closing.0.changed() => true,
        }
    }

    /// What is to be told now; empty where nothing is. None: they may not watch any more.
    async fn look(&mut self) -> Result<Option<String>, app::Error> {
        let Some(caller) = self.credential.caller(&self.app, self.organization).await? else {
            return Ok(None);
        };
        let seen = match self.watch.look(caller).await {
            Ok(seen) => seen,
            Err(app::Error::Denied(_) | app::Error::Hidden(_)) => return Ok(None),
            Err(error) => return Err(error),
        };
        let mut text = String::new();
        if seen.is_cut {
            text.push_str(
                "event: cut\ndata: More came than is shown here. Reload the page to read all of it.\n\n",
            );
        }
        for stored in seen.records {
            let at = stored.at.timestamp_micros();
            let Some(event) = self.event.record(stored) else { continue };
            let lines: Vec<String> = event.lines().map(|line| format!("data: {line}\n")).collect();
            let _infallible = write!(text, "id: {at}\n{}\n", lines.concat());
        }
        Ok(Some(text))
    }
}

/// The last event: why it is over, in words.
fn over(why: &str) -> String {
    format!("event: over\ndata: {why}\n\n")
}
