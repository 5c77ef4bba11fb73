use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use app::App;
use metrics_exporter_prometheus::PrometheusBuilder;

use crate::failure::Failure;

/// How often what was gathered about keys and gateways is written down (security.md K7: at most every 60 seconds).
const FLUSH_EVERY: Duration = Duration::from_secs(5);

/// After so many of these, an hour, old answers to repeated requests are forgotten: kept for a day, an hour more is
/// little.
const FORGET_TICKS: u64 = 720;
/// After so many, a minute, secrets that nobody came to see are let go of.
const UNSEAL_TICKS: u64 = 12;

/// Starts the listener that a metrics scraper asks.
pub(crate) fn start(listen: Option<SocketAddr>) -> Result<(), Failure> {
    let Some(listen) = listen else { return Ok(()) };
    PrometheusBuilder::new()
        .with_http_listener(listen)
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
        watch_gateways(&app).await;
        if tick.is_multiple_of(UNSEAL_TICKS) {
            let forgotten = app.forget_reveals().await.map_err(|error| error.to_string());
            if let Err(error) = forgotten {
                tracing::warn!(%error, "secrets that nobody came to see could not be let go of");
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
    if let Err(error) = app.forget_old_sessions().await {
        tracing::warn!(%error, "sessions that are over could not be forgotten");
    }
    if let Err(error) = app.recheck_domains().await {
        tracing::warn!(%error, "the proofs of domains could not be looked for");
    }
    if let Err(error) = app.forget_old_attempts().await {
        tracing::warn!(%error, "old attempts to sign in could not be forgotten");
    }
}

/// A gateway that never asks, or stopped asking, may be one that fails open. The number says so: seconds since its last
/// call, or since it was registered.
async fn watch_gateways(app: &App) {
    for (organization, facts) in app.engine.replica().all_held() {
        let Ok(usage) = app.gateway_usage(organization).await else { continue };
        for gateway in facts.list_gateways(None) {
            let seen = usage.iter().find(|usage| usage.gateway == gateway.id).map(|usage| usage.at);
            let since = app.engine.world().now() - seen.unwrap_or(gateway.created_at);
            let labels = [
                ("organization", Arc::from(organization.to_string())),
                ("gateway", Arc::from(gateway.id.to_string())),
                ("ever", Arc::<str>::from(if seen.is_some() { "yes" } else { "no" })),
            ];
            let labels: Vec<metrics::Label> = labels
                .into_iter()
                .map(|(name, value): (_, Arc<str>)| metrics::Label::new(name, value.to_string()))
                .collect();
            #[expect(clippy::cast_precision_loss, reason = "seconds since registration stay far below 2^52")]
            metrics::gauge!("answerable_gateway_silent_seconds", labels)
                .set(since.num_seconds().max(0) as f64);
        }
    }
}
