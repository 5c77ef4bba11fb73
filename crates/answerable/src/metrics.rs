use std::net::SocketAddr;
use std::time::Duration;

use app::App;
use metrics_exporter_prometheus::PrometheusBuilder;
use metrics_util::MetricKindMask;

use crate::failure::Failure;
use crate::silence::watch_gateways;

/// How often what was gathered about keys and gateways is written down (security.md K7: at most every 60 seconds).
const FLUSH_EVERY: Duration = Duration::from_secs(5);

/// After so many of these, an hour, old answers to repeated requests are forgotten: kept for a day, an hour more is
/// little.
const FORGET_TICKS: u64 = 720;
/// After so many, a minute, secrets that nobody came to see are let go of, and sessions that are over.
const UNSEAL_TICKS: u64 = 12;

/// After so many, a quarter of a minute, every organization's gateways are looked at.
const WATCH_TICKS: u64 = 3;

/// A gauge that is not set for so long is taken away: of a gateway that was paused or revoked nothing more is said. No
/// gauge that is still true is set more rarely: the lease's at the latest when it ends, after a minute at most.
const GAUGES_STAY: Duration = Duration::from_mins(2);

/// Starts the listener that a metrics scraper asks.
pub(crate) fn start(listen: Option<SocketAddr>) -> Result<(), Failure> {
    let Some(listen) = listen else { return Ok(()) };
    PrometheusBuilder::new()
        .with_http_listener(listen)
        .idle_timeout(MetricKindMask::GAUGE, Some(GAUGES_STAY))
        .install()
        .map_err(|error| Failure::Said(format!("metrics: cannot listen on {listen}: {error}")))
}

/// Writes down what was gathered, and shows how long each gateway has been silent, for as long as the program runs.
/// Now and then it forgets the answers that were remembered for repeated requests.
pub(crate) async fn keep_watching(app: App, mut stopping: tokio::sync::watch::Receiver<bool>) {
    let mut ticks = tokio::time::interval(FLUSH_EVERY);
    for tick in 0_u64.. {
        tokio::select! {
            _ = ticks.tick() => {}
            _ = stopping.wait_for(|stop| *stop) => break,
        }
        app.engine.usage().flush(&app.store).await;
        if tick.is_multiple_of(WATCH_TICKS) {
            watch_gateways(&app).await;
        }
        if tick.is_multiple_of(UNSEAL_TICKS) {
            let forgotten = app.forget_reveals().await.map_err(|error| error.to_string());
            if let Err(error) = forgotten {
                tracing::warn!(%error, "secrets that nobody came to see could not be let go of");
            }
            // What their providers gave is revoked once they are gone, and not while they are merely over.
            if let Err(error) = app.forget_old_sessions().await {
                tracing::warn!(%error, "sessions that are over could not be forgotten");
            }
        }
        if tick.is_multiple_of(FORGET_TICKS) {
            forget(&app).await;
        }
    }
    app.engine.usage().flush(&app.store).await;
}

async fn forget(app: &App) {
    if let Err(error) = app.forget_old_drafts().await {
        tracing::warn!(%error, "old drafts could not be forgotten");
    }
    let forgotten = app.forget_old_answers().await.map_err(|error| error.to_string());
    if let Err(error) = forgotten {
        tracing::warn!(%error, "old answers to repeated requests could not be forgotten");
    }
    if let Err(error) = app.recheck_domains().await {
        tracing::warn!(%error, "the proofs of domains could not be looked for");
    }
    if let Err(error) = app.forget_old_attempts().await {
        tracing::warn!(%error, "old attempts to sign in could not be forgotten");
    }
}
