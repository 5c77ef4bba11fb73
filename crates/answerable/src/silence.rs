//! The metric of silent gateways.
//!
//! A gateway that never asks, or stopped asking, may be one that fails open. The number says so: seconds since its last
//! call, or since it was registered.

use app::App;
use metrics::Label;
use model::{OrganizationId, Timestamp};
use store::{GatewaySilence, StoreError};

/// Shows how long each active gateway of each active organization has been silent.
pub(crate) async fn watch_gateways(app: &App) {
    if let Err(error) = watch(app).await {
        tracing::warn!(%error, "how long gateways have been silent could not be read");
    }
}

async fn watch(app: &App) -> Result<(), StoreError> {
    for organization in app.store.organization_ids().await? {
        let silences = app.store.gateway_silences(organization).await?;
        let now = app.engine.world().now();
        for silence in &silences {
            show(organization, silence, now);
        }
    }
    Ok(())
}

fn show(organization: OrganizationId, silence: &GatewaySilence, now: Timestamp) {
    let since = now - silence.last_seen_at.unwrap_or(silence.registered_at);
    let labels = vec![
        Label::new("organization", organization.to_string()),
        Label::new("gateway", silence.gateway.to_string()),
        Label::new("ever", if silence.last_seen_at.is_some() { "yes" } else { "no" }),
    ];
    #[expect(clippy::cast_precision_loss, reason = "seconds since registration stay far below 2^52")]
    metrics::gauge!("answerable_gateway_silent_seconds", labels).set(since.num_seconds().max(0) as f64);
}
